package io.argosy.scheduler.plugin.noderesources;

import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.framework.ClusterEvent;
import io.argosy.scheduler.framework.NodeScorer;
import io.argosy.scheduler.framework.ScorePlugin;
import java.util.List;
import java.util.Optional;

/** Prefers nodes whose resources are used more evenly with the pod than without it. */
public final class NodeResourcesBalancedAllocation implements ScorePlugin {

    public static final String NAME = "NodeResourcesBalancedAllocation";

    private final List<ScoredResource> resources;

    public NodeResourcesBalancedAllocation(List<ScoredResource> resources) {
        this.resources = List.copyOf(resources);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<NodeScorer> prepareScore(PodInfo pod, ClusterState cluster, int[] slots) {
        UsedAmounts amounts = new UsedAmounts(resources, cluster, pod, false);
        if (amounts.wantsNothing()) {
            return Optional.empty();
        }
        return Optional.of(slot -> {
            amounts.read(slot);
            long with = evenness(amounts.withPod(), amounts.allocatable());
            long without = evenness(amounts.withoutPod(), amounts.allocatable());
            return NodeScorer.MAX / 2 + (NodeScorer.MAX / 2 + with - without) / 2;
        });
    }

    /** 100 when all used fractions are equal, less by their standard deviation. */
    static long evenness(long[] used, long[] allocatable) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < used.length; i++) {
            if (allocatable[i] != 0) {
                sum += fraction(used[i], allocatable[i]);
                count++;
            }
        }
        if (count < 2) {
            return NodeScorer.MAX;
        }
        double mean = sum / count;
        double squares = 0;
        double apart = 0;
        for (int i = 0; i < used.length; i++) {
            if (allocatable[i] != 0) {
                double fraction = fraction(used[i], allocatable[i]);
                squares += (fraction - mean) * (fraction - mean);
                apart = Math.abs(fraction - apart);
            }
        }
        double deviation = count == 2 ? apart / 2 : Math.sqrt(squares / count);
        return (long) ((1 - deviation) * NodeScorer.MAX);
    }

    private static double fraction(long used, long allocatable) {
        return Math.min(1, (double) used / allocatable);
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo waiting) {
        return false;
    }
}
