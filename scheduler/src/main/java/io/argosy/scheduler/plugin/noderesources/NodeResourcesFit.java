package io.argosy.scheduler.plugin.noderesources;

import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.columns.ResourceIds;
import io.argosy.scheduler.framework.ClusterEvent;
import io.argosy.scheduler.framework.FilterPlugin;
import io.argosy.scheduler.framework.NodeScorer;
import io.argosy.scheduler.framework.ScorePlugin;
import io.argosy.scheduler.framework.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps pods from nodes that have not enough left, and scores the rest by what they would have in use. */
public final class NodeResourcesFit implements FilterPlugin, ScorePlugin {

    public static final String NAME = "NodeResourcesFit";

    private final ScoringStrategy strategy;
    private final Set<String> ignored;
    private final Set<String> ignoredGroups;

    /**
     * @param ignored extended resources that are not looked at
     * @param ignoredGroups prefixes before the slash of such resources
     */
    public NodeResourcesFit(ScoringStrategy strategy, Set<String> ignored, Set<String> ignoredGroups) {
        this.strategy = strategy;
        this.ignored = Set.copyOf(ignored);
        this.ignoredGroups = Set.copyOf(ignoredGroups);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Prepared prepare(PodInfo pod, ClusterState cluster) {
        long[] wanted = looked(pod, cluster.resources());
        return Prepared.check(slot -> fits(wanted, cluster, slot));
    }

    private long[] looked(PodInfo pod, ResourceIds resources) {
        long[] wanted = pod.requests().clone();
        if (!ignored.isEmpty() || !ignoredGroups.isEmpty()) {
            for (int resource = ResourceIds.EPHEMERAL_STORAGE + 1; resource < wanted.length; resource++) {
                String name = resources.name(resource);
                int slash = name.indexOf('/');
                if (ignored.contains(name) || (slash > 0 && ignoredGroups.contains(name.substring(0, slash)))) {
                    wanted[resource] = 0;
                }
            }
        }
        return wanted;
    }

    private static Verdict fits(long[] wanted, ClusterState cluster, int slot) {
        boolean full = cluster.pods(slot).size() + 1 > cluster.maxPods(slot);
        boolean fits = !full;
        for (int resource = 0; fits && resource < wanted.length; resource++) {
            fits = wanted[resource] == 0
                    || wanted[resource] <= cluster.allocatable(resource, slot) - cluster.requested(resource, slot);
        }
        return fits ? Verdict.Pass.PASS : lacking(wanted, full, cluster, slot);
    }

    private static Verdict lacking(long[] wanted, boolean full, ClusterState cluster, int slot) {
        List<String> reasons = new ArrayList<>();
        boolean unresolvable = false;
        if (full) {
            reasons.add("Too many pods");
        }
        for (int resource = 0; resource < wanted.length; resource++) {
            long has = cluster.allocatable(resource, slot);
            if (wanted[resource] > 0 && wanted[resource] > has - cluster.requested(resource, slot)) {
                reasons.add("Insufficient " + cluster.resources().name(resource));
                unresolvable |= wanted[resource] > has;
            }
        }
        return new Verdict.Rejected(NAME, reasons, unresolvable);
    }

    @Override
    public Optional<NodeScorer> prepareScore(PodInfo pod, ClusterState cluster, int[] slots) {
        UsedAmounts amounts = new UsedAmounts(strategy.resources(), cluster, pod, true);
        return Optional.of(slot -> {
            amounts.read(slot);
            return strategy.score(amounts.withPod(), amounts.allocatable());
        });
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo waiting) {
        return switch (event) {
            case ClusterEvent.NodeChanged node -> node.before().isEmpty() || node.moreAllocatable();
            case ClusterEvent.PodGone _, ClusterEvent.PodScaledDown _, ClusterEvent.PodChanged _ -> true;
            default -> false;
        };
    }
}
