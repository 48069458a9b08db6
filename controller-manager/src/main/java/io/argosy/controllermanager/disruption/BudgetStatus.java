package io.argosy.controllermanager.disruption;

import io.argosy.client.request.ObjectJson;
import io.argosy.controllermanager.ownership.Owners;
import io.argosy.controllermanager.pod.Pods;
import io.argosy.controllermanager.pod.Shares;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The status of a budget. Pure.
 *
 * @param recheck when a pod that should be going must be gone; empty when none should
 */
record BudgetStatus(PodDisruptionBudgetStatus status, Optional<Duration> recheck) {

    /** So long after an eviction the pod counts as going, though its deletion is not seen. */
    private static final Duration GOING = Duration.ofMinutes(2);

    private static final String ALLOWED = "DisruptionAllowed";

    /** Whether the number of pods that there should be matters. */
    static boolean needsScale(PodDisruptionBudget budget) {
        return budget.getSpec().getMaxUnavailable() != null
                || (budget.getSpec().getMinAvailable() != null
                        && budget.getSpec().getMinAvailable().getIntVal() == null);
    }

    /** @param scale how many pods the controllers of the pods want, where that matters */
    static BudgetStatus of(PodDisruptionBudget budget, List<Pod> pods, int scale, Instant now) {
        int expected = needsScale(budget) ? scale : pods.size();
        int desired = 0;
        if (budget.getSpec().getMaxUnavailable() != null) {
            desired = Math.max(0, expected - Shares.of(budget.getSpec().getMaxUnavailable(), expected, true, 0));
        } else if (budget.getSpec().getMinAvailable() != null) {
            desired = Shares.of(budget.getSpec().getMinAvailable(), expected, true, 0);
        }
        Map<String, String> disrupted = new TreeMap<>();
        Optional<Duration> recheck = going(budget, pods, now, disrupted);
        int healthy = (int) pods.stream()
                .filter(pod -> !Owners.isDeleting(pod)
                        && !disrupted.containsKey(pod.getMetadata().getName())
                        && Pods.isReady(pod))
                .count();
        int allowed = expected <= 0 ? 0 : Math.max(0, healthy - desired);
        PodDisruptionBudgetStatus status =
                budget.getStatus() == null ? new PodDisruptionBudgetStatus() : ObjectJson.copy(budget.getStatus());
        status.setCurrentHealthy(healthy);
        status.setDesiredHealthy(desired);
        status.setExpectedPods(expected);
        status.setDisruptionsAllowed(allowed);
        status.setDisruptedPods(new LinkedHashMap<>(disrupted));
        status.setObservedGeneration(budget.getMetadata().getGeneration());
        status.setConditions(conditions(
                status,
                budget,
                allowed > 0 ? "True" : "False",
                allowed > 0 ? "SufficientPods" : "InsufficientPods",
                "",
                now));
        return new BudgetStatus(status, recheck);
    }

    /** Nothing may be disrupted while it is not known how many pods there should be. */
    static PodDisruptionBudgetStatus failed(PodDisruptionBudget budget, String why, Instant now) {
        PodDisruptionBudgetStatus status =
                budget.getStatus() == null ? new PodDisruptionBudgetStatus() : ObjectJson.copy(budget.getStatus());
        status.setDisruptionsAllowed(0);
        status.setConditions(conditions(status, budget, "False", "SyncFailed", why, now));
        return status;
    }

    private static Optional<Duration> going(
            PodDisruptionBudget budget, List<Pod> pods, Instant now, Map<String, String> still) {
        Map<String, String> before =
                budget.getStatus() == null || budget.getStatus().getDisruptedPods() == null
                        ? Map.of()
                        : budget.getStatus().getDisruptedPods();
        Optional<Duration> first = Optional.empty();
        for (Pod pod : pods) {
            String at = before.get(pod.getMetadata().getName());
            if (at == null || Owners.isDeleting(pod)) {
                continue;
            }
            Duration left = Duration.between(now, Instant.parse(at).plus(GOING));
            if (!left.isNegative()) {
                still.put(pod.getMetadata().getName(), at);
                first = first.filter(other -> other.compareTo(left) < 0).or(() -> Optional.of(left));
            }
        }
        return first;
    }

    private static List<Condition> conditions(
            PodDisruptionBudgetStatus status,
            PodDisruptionBudget budget,
            String value,
            String reason,
            String message,
            Instant now) {
        List<Condition> conditions =
                new ArrayList<>(status.getConditions() == null ? List.of() : status.getConditions());
        Condition next = new Condition();
        next.setType(ALLOWED);
        next.setStatus(value);
        next.setReason(reason);
        next.setMessage(message);
        next.setObservedGeneration(budget.getMetadata().getGeneration());
        next.setLastTransitionTime(now.truncatedTo(ChronoUnit.SECONDS).toString());
        conditions.stream()
                .filter(was -> was.getType().equals(ALLOWED) && Objects.equals(was.getStatus(), value))
                .findFirst()
                .ifPresent(was -> next.setLastTransitionTime(was.getLastTransitionTime()));
        conditions.removeIf(was -> was.getType().equals(ALLOWED));
        conditions.add(next);
        return conditions;
    }
}
