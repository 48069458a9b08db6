package io.argosy.scheduler.preemption;

import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.framework.FilterRun;
import io.argosy.scheduler.framework.Verdict;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.ArrayList;
import java.util.List;

/** Finds the fewest and least important pods of a node that have to go. Leaves the node as it was. */
final class VictimSearch {

    private final PodInfo preemptor;
    private final FilterRun run;
    private final List<PodDisruptionBudget> budgets;

    /** What the search on one node came to. */
    sealed interface Found {

        /** These would have to go. */
        record Some(Victims victims) implements Found {}

        /** Nothing helps on this node. */
        record Nothing(Verdict why) implements Found {}
    }

    private static final Verdict NONE_LOWER =
            Verdict.Rejected.always("DefaultPreemption", "No preemption victims found for incoming pod");

    VictimSearch(PodInfo preemptor, FilterRun run, List<PodDisruptionBudget> budgets) {
        this.preemptor = preemptor;
        this.run = run;
        this.budgets = budgets;
    }

    Found on(int slot) {
        List<PodInfo> lower = new ArrayList<>();
        for (PodInfo pod : run.cluster().pods(slot)) {
            if (pod.priority() < preemptor.priority()) {
                lower.add(pod);
            }
        }
        if (lower.isEmpty()) {
            return new Found.Nothing(NONE_LOWER);
        }
        lower.sort(Importance.MOST_FIRST);
        lower.forEach(pod -> run.without(pod, slot));
        Verdict alone = run.check(slot);
        if (!alone.passes()) {
            lower.forEach(pod -> run.with(pod, slot));
            return new Found.Nothing(alone);
        }
        Victims victims = reprieve(lower, slot);
        victims.pods().forEach(pod -> run.with(pod, slot));
        return new Found.Some(victims);
    }

    /** Puts back whoever can stay, those first that budgets protect. */
    private Victims reprieve(List<PodInfo> lower, int slot) {
        Budgets left = new Budgets(budgets);
        List<PodInfo> inviolable = new ArrayList<>();
        List<PodInfo> others = new ArrayList<>();
        for (PodInfo pod : lower) {
            (left.violates(pod) ? inviolable : others).add(pod);
        }
        List<PodInfo> victims = new ArrayList<>();
        for (PodInfo pod : inviolable) {
            if (!staysWith(pod, slot)) {
                victims.add(pod);
            }
        }
        int violations = victims.size();
        for (PodInfo pod : others) {
            if (!staysWith(pod, slot)) {
                victims.add(pod);
            }
        }
        victims.sort(Importance.MOST_FIRST);
        return new Victims(slot, victims, violations);
    }

    private boolean staysWith(PodInfo pod, int slot) {
        run.with(pod, slot);
        if (run.check(slot).passes()) {
            return true;
        }
        run.without(pod, slot);
        return false;
    }
}
