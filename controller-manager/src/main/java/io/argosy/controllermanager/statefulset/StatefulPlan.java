package io.argosy.controllermanager.statefulset;

import io.argosy.controllermanager.ownership.Owners;
import io.argosy.controllermanager.pod.Pods;
import io.argosy.controllermanager.pod.Shares;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateStatefulSetStrategy;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What to do next, in order. A set that keeps an order does one thing and waits for its effect; the others do all at
 * once. Pure.
 */
final class StatefulPlan {

    private final StatefulSet set;
    private final String current;
    private final String update;
    private final Instant now;
    private final TreeMap<Integer, Pod> replicas = new TreeMap<>();
    private final List<Pod> condemned = new ArrayList<>();
    private final List<StatefulAction> actions = new ArrayList<>();
    private final int start;
    private final int count;
    private final boolean ordered;

    private StatefulPlan(StatefulSet set, List<Pod> pods, String current, String update, Instant now) {
        this.set = set;
        this.current = current;
        this.update = update;
        this.now = now;
        this.start = set.getSpec().getOrdinals() == null
                        || set.getSpec().getOrdinals().getStart() == null
                ? 0
                : set.getSpec().getOrdinals().getStart();
        this.count = set.getSpec().getReplicas() == null ? 1 : set.getSpec().getReplicas();
        this.ordered = !"Parallel".equals(set.getSpec().getPodManagementPolicy());
        for (Pod pod : pods) {
            int ordinal = StatefulPods.ordinal(set, pod);
            if (ordinal >= start && ordinal < start + count) {
                replicas.put(ordinal, pod);
            } else if (ordinal >= 0) {
                condemned.add(pod);
            }
        }
        condemned.sort(Comparator.comparing((Pod pod) -> StatefulPods.ordinal(set, pod))
                .reversed());
    }

    /**
     * @param current the name of the revision that the set rolls away from
     * @param update the name of the revision of the present template
     */
    static List<StatefulAction> of(StatefulSet set, List<Pod> pods, String current, String update, Instant now) {
        StatefulPlan plan = new StatefulPlan(set, pods, current, update, now);
        if (!Owners.isDeleting(set) && plan.fill() && plan.shrink() && plan.isRolling()) {
            plan.roll();
        }
        return List.copyOf(plan.actions);
    }

    /** Brings up what is missing; false when the rest has to wait. */
    private boolean fill() {
        boolean goOn = true;
        for (int ordinal = start; ordinal < start + count; ordinal++) {
            Pod pod = replicas.get(ordinal);
            if (pod == null) {
                actions.add(new StatefulAction.Create(ordinal, revisionOf(ordinal)));
                goOn &= !ordered;
            } else if (Pods.isFinished(pod)) {
                if (!Owners.isDeleting(pod)) {
                    actions.add(new StatefulAction.Delete(pod));
                }
                goOn &= !ordered;
            } else {
                if (Pods.phase(pod).equals("Pending")) {
                    actions.add(new StatefulAction.Claims(ordinal));
                }
                if (ordered && !StatefulPods.isWell(set, pod, now)) {
                    return false;
                }
                if (!StatefulPods.isIdentified(pod)) {
                    actions.add(new StatefulAction.Identify(pod));
                }
            }
            if (!goOn && ordered) {
                return false;
            }
        }
        return true;
    }

    /** New pods below the partition, or below those that are left of the old, are made from the old template. */
    private String revisionOf(int ordinal) {
        if (!isRolling()) {
            return update;
        }
        int border = rolling()
                .map(rolling -> rolling.getPartition() == null ? 0 : rolling.getPartition())
                .orElseGet(() -> set.getStatus() == null || set.getStatus().getCurrentReplicas() == null
                        ? 0
                        : set.getStatus().getCurrentReplicas());
        return ordinal < start + border ? current : update;
    }

    /** Takes down what is too much, the highest number first; false when the rest has to wait. */
    private boolean shrink() {
        Optional<Pod> firstIll = condemned.reversed().stream()
                .filter(pod -> !StatefulPods.isWell(set, pod, now))
                .findFirst();
        for (Pod pod : condemned) {
            if (Owners.isDeleting(pod)) {
                if (ordered) {
                    return false;
                }
                continue;
            }
            boolean blocked = ordered
                    && !StatefulPods.isAvailable(set, pod, now)
                    && firstIll.filter(pod::equals).isEmpty();
            if (!blocked) {
                actions.add(new StatefulAction.Delete(pod));
            }
            if (ordered) {
                return false;
            }
        }
        return true;
    }

    private boolean isRolling() {
        return set.getSpec().getUpdateStrategy() == null
                || !"OnDelete".equals(set.getSpec().getUpdateStrategy().getType());
    }

    private Optional<RollingUpdateStatefulSetStrategy> rolling() {
        return set.getSpec().getUpdateStrategy() == null
                ? Optional.empty()
                : Optional.ofNullable(set.getSpec().getUpdateStrategy().getRollingUpdate());
    }

    /** Deletes pods of other revisions from the highest number down to the partition, while enough are well. */
    private void roll() {
        int partition = rolling()
                .map(rolling -> rolling.getPartition() == null ? 0 : rolling.getPartition())
                .orElse(0);
        int allowed = Math.max(
                1,
                rolling()
                        .map(rolling -> Shares.of(rolling.getMaxUnavailable(), count, false, 1))
                        .orElse(1));
        long ill = count
                - replicas.values().stream()
                        .filter(pod -> StatefulPods.isWell(set, pod, now))
                        .count();
        replicas.descendingMap().entrySet().stream()
                .filter(entry -> entry.getKey() >= start + partition)
                .map(java.util.Map.Entry::getValue)
                .filter(pod -> !StatefulPods.revision(pod).equals(update) && !Owners.isDeleting(pod))
                .limit(Math.max(0, allowed - ill))
                .forEach(pod -> actions.add(new StatefulAction.Delete(pod)));
    }
}
