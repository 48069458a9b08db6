package io.argosy.scheduler.cycle;

import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.framework.FilterRun;
import io.argosy.scheduler.framework.PostFilterPlugin;
import io.argosy.scheduler.framework.PostFilterPlugin.Remedy;
import io.argosy.scheduler.framework.Profile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Decides for one pod after another; changes nothing but where the search begins. In a large cluster the search ends
 * when enough nodes were found, and the next begins where it ended. One owner thread.
 */
public final class SchedulingCycle {

    private static final int ENOUGH_AT_LEAST = 100;
    private static final int LEAST_PERCENT = 5;

    private final ClusterState cluster;
    private final Nominations nominations;
    private final RandomGenerator random;
    private int start;

    public SchedulingCycle(ClusterState cluster, Nominations nominations, RandomGenerator random) {
        this.cluster = cluster;
        this.nominations = nominations;
        this.random = random;
    }

    public Decision decide(PodInfo pod, Profile profile) {
        if (cluster.size() == 0) {
            return new Decision.NoNodes();
        }
        PodFilters filters = new PodFilters(pod, profile.filters(), cluster, nominations);
        if (filters.noNode().isPresent()) {
            return unfit(
                    pod,
                    profile,
                    filters,
                    FitMessage.before(cluster.size(), filters.noNode().get().reasons()));
        }
        Optional<Integer> promised = promisedNode(pod, filters);
        if (promised.isPresent()) {
            return new Decision.Placed(cluster.name(promised.get()), 1, 1);
        }
        int[] feasible = feasible(filters, profile);
        int evaluated = feasible.length + filters.verdicts().size();
        if (feasible.length == 0) {
            return unfit(
                    pod, profile, filters, FitMessage.of(cluster.size(), filters.verdicts(), filters.absentReasons()));
        }
        int chosen = feasible.length == 1
                ? feasible[0]
                : feasible[NodeChoice.best(NodeChoice.scores(pod, profile.scores(), cluster, feasible), random)];
        return new Decision.Placed(cluster.name(chosen), evaluated, feasible.length);
    }

    private Optional<Integer> promisedNode(PodInfo pod, PodFilters filters) {
        return pod.nominatedNode()
                .map(cluster::slotOf)
                .filter(slot -> slot >= 0
                        && filters.only()
                                .map(names -> names.contains(cluster.name(slot)))
                                .orElse(true)
                        && filters.check(slot).passes());
    }

    private int[] feasible(PodFilters filters, Profile profile) {
        Optional<Set<String>> only = filters.only();
        if (only.isPresent()) {
            return only.get().stream()
                    .sorted()
                    .mapToInt(cluster::slotOf)
                    .filter(slot -> slot >= 0 && filters.passes(slot))
                    .toArray();
        }
        int all = cluster.size();
        int enough = profile.scores().isEmpty() ? 1 : enough(all, profile.percentageOfNodesToScore());
        int[] found = new int[enough];
        int count = 0;
        int looked = 0;
        start %= all;
        while (looked < all && count < enough) {
            int slot = cluster.at((start + looked) % all);
            looked++;
            if (filters.passes(slot)) {
                found[count++] = slot;
            }
        }
        start = (start + looked) % all;
        return Arrays.copyOf(found, count);
    }

    /** How many nodes are enough to choose from. */
    static int enough(int all, int percentage) {
        if (all < ENOUGH_AT_LEAST) {
            return all;
        }
        int percent = percentage == 0 ? Math.max(LEAST_PERCENT, 50 - all / 125) : percentage;
        return Math.min(all, Math.max(ENOUGH_AT_LEAST, all * percent / 100));
    }

    private Decision unfit(PodInfo pod, Profile profile, PodFilters filters, String message) {
        List<String> notes = new ArrayList<>();
        Remedy last = new Remedy.None("", false);
        for (PostFilterPlugin plugin : profile.remedies()) {
            Remedy remedy = plugin.remedy(pod, (FilterRun) filters);
            if (remedy instanceof Remedy.Preempt) {
                return new Decision.Unfit(message, filters.rejectedBy(), remedy);
            }
            if (remedy instanceof Remedy.Stop(String why)) {
                return new Decision.Unfit(message + " " + why, filters.rejectedBy(), remedy);
            }
            if (remedy instanceof Remedy.None none) {
                if (!none.message().isEmpty()) {
                    notes.add(none.message());
                }
                last = none.clearNomination() ? none : last;
            }
        }
        String all = notes.isEmpty() ? message : message + " " + Decision.joined(notes);
        return new Decision.Unfit(all, filters.rejectedBy(), last);
    }
}
