package io.argosy.controllermanager.deployment;

import static io.argosy.controllermanager.deployment.RolloutMath.available;
import static io.argosy.controllermanager.deployment.RolloutMath.replicas;
import static io.argosy.controllermanager.deployment.RolloutMath.total;
import static io.argosy.controllermanager.deployment.RolloutMath.wanted;

import io.argosy.client.request.ObjectJson;
import io.argosy.controllermanager.deployment.DeploymentAction.Annotate;
import io.argosy.controllermanager.deployment.DeploymentAction.Create;
import io.argosy.controllermanager.deployment.DeploymentAction.Remove;
import io.argosy.controllermanager.deployment.DeploymentAction.Scale;
import io.argosy.controllermanager.ownership.Owners;
import io.argosy.controllermanager.ownership.Selectors;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides the next step of a rollout. Pure: one state in, one list of actions out; the next state brings the next step.
 */
final class DeploymentPlanner {

    private final Deployment deployment;
    private final List<ReplicaSet> sets;
    private final Optional<ReplicaSet> current;
    private final List<ReplicaSet> old;
    private final boolean oldPodsRun;

    /**
     * @param sets that the deployment owns
     * @param oldPodsRun whether any pod of a set of another template still runs
     */
    DeploymentPlanner(Deployment deployment, List<ReplicaSet> sets, boolean oldPodsRun) {
        this.deployment = deployment;
        this.sets = List.copyOf(sets);
        this.current = Revisions.current(deployment, sets);
        String uid = current.map(set -> set.getMetadata().getUid()).orElse("");
        this.old = sets.stream()
                .filter(set -> !set.getMetadata().getUid().equals(uid))
                .sorted(Revisions.BY_AGE)
                .toList();
        this.oldPodsRun = oldPodsRun;
    }

    Optional<ReplicaSet> current() {
        return current;
    }

    List<ReplicaSet> old() {
        return old;
    }

    /** The revision that the set of the present template has or gets. */
    long revision() {
        long newestOld = old.stream().mapToLong(Revisions::of).max().orElse(0);
        return current.map(set -> Math.max(Revisions.of(set), newestOld + 1)).orElse(newestOld + 1);
    }

    List<DeploymentAction> plan() {
        if (Owners.isDeleting(deployment)) {
            return List.of();
        }
        if (isPaused() || isBeingScaled()) {
            return withCleanUp(scaleProportionally(), isPaused());
        }
        return RolloutMath.isRolling(deployment) ? roll() : recreate();
    }

    private boolean isPaused() {
        return Boolean.TRUE.equals(deployment.getSpec().getPaused());
    }

    /** Somebody changed the deployment's replicas since a set was last scaled. */
    private boolean isBeingScaled() {
        return sets.stream()
                .filter(set -> replicas(set) > 0)
                .anyMatch(set -> Revisions.desired(set).orElse(wanted(deployment)) != wanted(deployment));
    }

    private List<DeploymentAction> roll() {
        if (current.isEmpty()) {
            return List.of(new Create(fresh(newReplicas(Optional.empty()))));
        }
        ReplicaSet now = current.get();
        List<DeploymentAction> actions = new ArrayList<>(annotate(now));
        if (!actions.isEmpty()) {
            return actions;
        }
        int to = replicas(now) > wanted(deployment) ? wanted(deployment) : newReplicas(current);
        if (to != replicas(now)) {
            return List.of(scale(now, to));
        }
        return withCleanUp(shrinkOld(now), false);
    }

    private List<DeploymentAction> recreate() {
        List<DeploymentAction> down = new ArrayList<>();
        old.stream().filter(set -> replicas(set) > 0).forEach(set -> down.add(scale(set, 0)));
        if (!down.isEmpty() || oldPodsRun) {
            return down;
        }
        if (current.isEmpty()) {
            return List.of(new Create(fresh(wanted(deployment))));
        }
        List<DeploymentAction> actions = new ArrayList<>(annotate(current.get()));
        if (actions.isEmpty() && replicas(current.get()) != wanted(deployment)) {
            actions.add(scale(current.get(), wanted(deployment)));
        }
        return withCleanUp(actions, false);
    }

    /** How many pods the set of the present template may have now. */
    private int newReplicas(Optional<ReplicaSet> set) {
        int mine = set.map(RolloutMath::replicas).orElse(0);
        if (!RolloutMath.isRolling(deployment)) {
            return wanted(deployment);
        }
        int most = wanted(deployment) + RolloutMath.maxSurge(deployment);
        int room = most - total(sets);
        return room <= 0 ? mine : mine + Math.max(0, Math.min(room, wanted(deployment) - mine));
    }

    /** Unhealthy old pods first, then healthy ones, as long as enough stay available. */
    private List<DeploymentAction> shrinkOld(ReplicaSet now) {
        int least = wanted(deployment) - RolloutMath.maxUnavailable(deployment);
        int notYet = replicas(now) - available(now);
        int spare = total(sets) - least - notYet;
        if (total(old) == 0 || spare <= 0) {
            return List.of();
        }
        Map<String, Integer> target = new LinkedHashMap<>();
        int removed = 0;
        for (ReplicaSet set : old) {
            int unhealthy = Math.min(spare - removed, replicas(set) - available(set));
            int gone = Math.max(0, unhealthy);
            target.put(set.getMetadata().getName(), replicas(set) - gone);
            removed += gone;
        }
        int healthy = sets.stream().mapToInt(RolloutMath::available).sum() - least;
        for (ReplicaSet set : old) {
            if (healthy <= 0) {
                break;
            }
            int left = target.getOrDefault(set.getMetadata().getName(), 0);
            int gone = Math.min(left, healthy);
            target.put(set.getMetadata().getName(), left - gone);
            healthy -= gone;
        }
        List<DeploymentAction> actions = new ArrayList<>();
        for (ReplicaSet set : old) {
            int to = target.getOrDefault(set.getMetadata().getName(), replicas(set));
            if (to != replicas(set)) {
                actions.add(scale(set, to));
            }
        }
        return actions;
    }

    /** Spreads a change of the deployment's replicas over its sets, each by its share. */
    private List<DeploymentAction> scaleProportionally() {
        List<ReplicaSet> active = sets.stream().filter(set -> replicas(set) > 0).toList();
        if (active.size() <= 1) {
            Optional<ReplicaSet> only = active.isEmpty()
                    ? current.or(() -> old.isEmpty() ? Optional.empty() : Optional.of(old.getLast()))
                    : Optional.of(active.getFirst());
            return only.filter(set -> replicas(set) != wanted(deployment) || isStale(set))
                    .<List<DeploymentAction>>map(set -> List.of(scale(set, wanted(deployment))))
                    .orElse(List.of());
        }
        if (current.isPresent() && isSaturated(current.get())) {
            return old.stream()
                    .filter(set -> replicas(set) > 0)
                    .<DeploymentAction>map(set -> scale(set, 0))
                    .toList();
        }
        return RolloutMath.isRolling(deployment) ? proportions(active) : List.of();
    }

    private boolean isStale(ReplicaSet set) {
        return Revisions.desired(set).orElse(wanted(deployment)) != wanted(deployment);
    }

    private boolean isSaturated(ReplicaSet set) {
        return replicas(set) == wanted(deployment)
                && Revisions.desired(set).orElse(-1) == wanted(deployment)
                && available(set) == wanted(deployment);
    }

    private List<DeploymentAction> proportions(List<ReplicaSet> active) {
        int allowed = wanted(deployment) > 0 ? wanted(deployment) + RolloutMath.maxSurge(deployment) : 0;
        int toAdd = allowed - total(active);
        Comparator<ReplicaSet> bySize = Comparator.comparing(set -> -replicas(set));
        List<ReplicaSet> order = active.stream()
                .sorted(bySize.thenComparing(toAdd > 0 ? Revisions.BY_AGE.reversed() : Revisions.BY_AGE))
                .toList();
        List<Integer> sizes = new ArrayList<>();
        int added = 0;
        for (ReplicaSet set : order) {
            int share = toAdd == 0 ? 0 : share(set, toAdd, added);
            sizes.add(replicas(set) + share);
            added += share;
        }
        sizes.set(0, Math.max(0, sizes.getFirst() + toAdd - added));
        List<DeploymentAction> actions = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            if (sizes.get(i) != replicas(order.get(i)) || isStale(order.get(i))) {
                actions.add(scale(order.get(i), sizes.get(i)));
            }
        }
        return actions;
    }

    private int share(ReplicaSet set, int toAdd, int added) {
        int whole = wanted(deployment) == 0
                ? -replicas(set)
                : (int) Math.round((double) replicas(set)
                                * (wanted(deployment) + RolloutMath.maxSurge(deployment))
                                / Math.max(1, Revisions.maximum(set).orElse(total(sets))))
                        - replicas(set);
        int left = toAdd - added;
        return toAdd > 0 ? Math.min(whole, left) : Math.max(whole, left);
    }

    private List<DeploymentAction> annotate(ReplicaSet set) {
        Map<String, String> wantedAnnotations =
                Revisions.annotations(deployment, Selectors.annotations(set), revision());
        int minReady = RolloutMath.number(deployment.getSpec().getMinReadySeconds());
        boolean same = wantedAnnotations.equals(Selectors.annotations(set))
                && minReady == RolloutMath.number(set.getSpec().getMinReadySeconds());
        if (same) {
            return List.of();
        }
        ReplicaSet next = ObjectJson.copy(set);
        next.getMetadata().setAnnotations(wantedAnnotations);
        next.getSpec().setMinReadySeconds(minReady);
        return List.of(new Annotate(next));
    }

    private Scale scale(ReplicaSet set, int to) {
        ReplicaSet next = ObjectJson.copy(set);
        Map<String, String> annotations = new LinkedHashMap<>(Selectors.annotations(set));
        Revisions.scaledFor(annotations, deployment);
        next.getMetadata().setAnnotations(annotations);
        next.getSpec().setReplicas(to);
        return new Scale(next, replicas(set), to);
    }

    private ReplicaSet fresh(int size) {
        ReplicaSet set = ReplicaSets.of(deployment, size);
        Map<String, String> annotations = Revisions.annotations(deployment, Map.of(), revision());
        Revisions.scaledFor(annotations, deployment);
        set.getMetadata().setAnnotations(annotations);
        return set;
    }

    /** When nothing else is to be done and the rollout is complete, old sets beyond the history go. */
    private List<DeploymentAction> withCleanUp(List<DeploymentAction> actions, boolean paused) {
        Integer limit = deployment.getSpec().getRevisionHistoryLimit();
        boolean complete = paused || DeploymentStatuses.isComplete(deployment, sets, current);
        if (!actions.isEmpty() || limit == null || !complete) {
            return actions;
        }
        List<ReplicaSet> idle =
                old.stream().filter(set -> !Owners.isDeleting(set)).toList();
        int excess = idle.size() - limit;
        return idle.stream()
                .sorted(Comparator.comparing((ReplicaSet set) -> Revisions.of(set))
                        .thenComparing(Revisions.BY_AGE))
                .limit(Math.max(0, excess))
                .filter(set -> replicas(set) == 0
                        && RolloutMath.actual(set) == 0
                        && set.getStatus() != null
                        && set.getStatus().getObservedGeneration() != null
                        && set.getMetadata().getGeneration() <= set.getStatus().getObservedGeneration())
                .<DeploymentAction>map(Remove::new)
                .toList();
    }
}
