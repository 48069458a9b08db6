package io.argosy.controllermanager.deployment;

import static io.argosy.controllermanager.deployment.RolloutMath.number;

import io.argosy.client.request.ObjectJson;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Computes a Deployment's status: counts, and the conditions that tell whether the rollout gets on. */
final class DeploymentStatuses {

    private static final String AVAILABLE = "Available";
    private static final String PROGRESSING = "Progressing";
    private static final String FAILURE = "ReplicaFailure";
    private static final String DONE = "NewReplicaSetAvailable";
    private static final String TIMED_OUT = "ProgressDeadlineExceeded";

    private final Deployment deployment;
    private final List<ReplicaSet> sets;
    private final Optional<ReplicaSet> current;
    private final Instant now;

    DeploymentStatuses(Deployment deployment, List<ReplicaSet> sets, Optional<ReplicaSet> current, Instant now) {
        this.deployment = deployment;
        this.sets = sets;
        this.current = current;
        this.now = now;
    }

    /** Whether all wanted pods are of the present template and available, and no others are left. */
    static boolean isComplete(Deployment deployment, List<ReplicaSet> sets, Optional<ReplicaSet> current) {
        int wanted = RolloutMath.wanted(deployment);
        return current.isPresent()
                && RolloutMath.actual(current.get()) == wanted
                && RolloutMath.available(current.get()) == wanted
                && sets.stream().mapToInt(RolloutMath::actual).sum() == wanted;
    }

    DeploymentStatus status() {
        DeploymentStatus before = deployment.getStatus() == null ? new DeploymentStatus() : deployment.getStatus();
        DeploymentStatus status = ObjectJson.copy(before);
        int available = sets.stream().mapToInt(RolloutMath::available).sum();
        status.setObservedGeneration(deployment.getMetadata().getGeneration());
        status.setReplicas(zero(sets.stream().mapToInt(RolloutMath::actual).sum()));
        status.setUpdatedReplicas(zero(current.map(RolloutMath::actual).orElse(0)));
        status.setReadyReplicas(zero(sets.stream().mapToInt(RolloutMath::ready).sum()));
        status.setAvailableReplicas(zero(available));
        status.setUnavailableReplicas(zero(Math.max(0, RolloutMath.total(sets) - available)));
        status.setTerminatingReplicas(
                sets.stream().mapToInt(RolloutMath::terminating).sum());
        List<DeploymentCondition> conditions =
                new ArrayList<>(before.getConditions() == null ? List.of() : before.getConditions());
        int least = RolloutMath.wanted(deployment) - RolloutMath.maxUnavailable(deployment);
        put(
                conditions,
                available >= least
                        ? condition(
                                AVAILABLE, "True", "MinimumReplicasAvailable", "Deployment has minimum availability.")
                        : condition(
                                AVAILABLE,
                                "False",
                                "MinimumReplicasUnavailable",
                                "Deployment does not have minimum availability."));
        progress(conditions, before, status);
        failures(conditions);
        status.setConditions(conditions);
        return status;
    }

    /** Counts of zero are left out, as upstream leaves them out. */
    private static Integer zero(int count) {
        return count;
    }

    private boolean hasDeadline() {
        Integer deadline = deployment.getSpec().getProgressDeadlineSeconds();
        return deadline != null && deadline != Integer.MAX_VALUE;
    }

    private void progress(List<DeploymentCondition> conditions, DeploymentStatus before, DeploymentStatus after) {
        Optional<DeploymentCondition> was = find(conditions, PROGRESSING);
        if (Boolean.TRUE.equals(deployment.getSpec().getPaused())) {
            if (hasDeadline()
                    && was.filter(c -> TIMED_OUT.equals(c.getReason())).isEmpty()) {
                put(conditions, condition(PROGRESSING, "Unknown", "DeploymentPaused", "Deployment is paused"));
            }
            return;
        }
        if (!hasDeadline()) {
            conditions.removeIf(condition -> condition.getType().equals(PROGRESSING));
            return;
        }
        if (was.filter(c -> "DeploymentPaused".equals(c.getReason())).isPresent()) {
            put(conditions, condition(PROGRESSING, "Unknown", "DeploymentResumed", "Deployment is resumed"));
            was = find(conditions, PROGRESSING);
        }
        boolean told = number(after.getReplicas()) == number(after.getUpdatedReplicas())
                && was.filter(c -> DONE.equals(c.getReason())).isPresent();
        if (told) {
            return;
        }
        String who = current.map(set -> "ReplicaSet \"" + set.getMetadata().getName() + "\"")
                .orElse("Deployment \"" + deployment.getMetadata().getName() + "\"");
        if (isComplete(deployment, sets, current)) {
            put(conditions, condition(PROGRESSING, "True", DONE, who + " has successfully progressed."));
        } else if (hasProgressed(before, after)) {
            progressed(conditions, who);
        } else if (isTimedOut(was)) {
            put(conditions, condition(PROGRESSING, "False", TIMED_OUT, who + " has timed out progressing."));
        } else if (was.isEmpty()) {
            put(
                    conditions,
                    condition(
                            PROGRESSING,
                            "True",
                            "NewReplicaSetCreated",
                            "Created new replica set "
                                    + current.map(set ->
                                                    "\"" + set.getMetadata().getName() + "\"")
                                            .orElse("")));
        }
    }

    /** Progress renews the update time, from which the deadline counts. */
    private void progressed(List<DeploymentCondition> conditions, String who) {
        DeploymentCondition next = condition(PROGRESSING, "True", "ReplicaSetUpdated", who + " is progressing.");
        find(conditions, PROGRESSING)
                .filter(c -> "True".equals(c.getStatus()))
                .ifPresent(c -> next.setLastTransitionTime(c.getLastTransitionTime()));
        conditions.removeIf(condition -> condition.getType().equals(PROGRESSING));
        conditions.add(next);
    }

    private static boolean hasProgressed(DeploymentStatus before, DeploymentStatus after) {
        int oldBefore = number(before.getReplicas()) - number(before.getUpdatedReplicas());
        int oldAfter = number(after.getReplicas()) - number(after.getUpdatedReplicas());
        return number(after.getUpdatedReplicas()) > number(before.getUpdatedReplicas())
                || oldAfter < oldBefore
                || number(after.getReadyReplicas()) > number(before.getReadyReplicas())
                || number(after.getAvailableReplicas()) > number(before.getAvailableReplicas());
    }

    private boolean isTimedOut(Optional<DeploymentCondition> was) {
        return untilDeadline(was).filter(left -> !left.isPositive()).isPresent();
    }

    /** How long a rollout that stands still has left; empty when it has no deadline or is done. */
    Optional<Duration> untilDeadline(Optional<DeploymentCondition> progressing) {
        if (!hasDeadline()
                || progressing.isEmpty()
                || DONE.equals(progressing.get().getReason())) {
            return Optional.empty();
        }
        String updated = progressing.get().getLastUpdateTime();
        return updated == null
                ? Optional.empty()
                : Optional.of(Duration.between(
                        now,
                        Instant.parse(updated).plusSeconds(deployment.getSpec().getProgressDeadlineSeconds())));
    }

    Optional<Duration> untilDeadline(DeploymentStatus status) {
        Optional<DeploymentCondition> progressing = find(status.getConditions(), PROGRESSING);
        boolean waiting =
                progressing.filter(c -> !TIMED_OUT.equals(c.getReason())).isPresent();
        return waiting && !isComplete(deployment, sets, current)
                ? untilDeadline(progressing).map(left -> left.plusSeconds(1))
                : Optional.empty();
    }

    private void failures(List<DeploymentCondition> conditions) {
        Optional<DeploymentCondition> failure = Stream.concat(current.stream(), sets.stream())
                .filter(set -> set.getStatus() != null && set.getStatus().getConditions() != null)
                .flatMap(set -> set.getStatus().getConditions().stream())
                .filter(c -> c.getType().equals(FAILURE))
                .map(c -> condition(FAILURE, c.getStatus(), c.getReason(), c.getMessage()))
                .findFirst();
        if (failure.isPresent()) {
            put(conditions, failure.get());
        } else {
            conditions.removeIf(condition -> condition.getType().equals(FAILURE));
        }
    }

    private DeploymentCondition condition(String type, String status, String reason, String message) {
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        DeploymentCondition condition = new DeploymentCondition();
        condition.setType(type);
        condition.setStatus(status);
        condition.setReason(reason);
        condition.setMessage(message);
        condition.setLastUpdateTime(time);
        condition.setLastTransitionTime(time);
        return condition;
    }

    private static Optional<DeploymentCondition> find(List<DeploymentCondition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }

    /** Sets a condition, unless it says the same already; the transition time moves with the status only. */
    private static void put(List<DeploymentCondition> conditions, DeploymentCondition next) {
        Optional<DeploymentCondition> was = find(conditions, next.getType());
        if (was.isPresent()
                && was.get().getStatus().equals(next.getStatus())
                && Objects.equals(was.get().getReason(), next.getReason())) {
            return;
        }
        if (was.isPresent() && was.get().getStatus().equals(next.getStatus())) {
            next.setLastTransitionTime(was.get().getLastTransitionTime());
        }
        conditions.removeIf(condition -> condition.getType().equals(next.getType()));
        conditions.add(next);
    }
}
