package io.argosy.scheduler.cycle;

import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.framework.NodeScorer;
import io.argosy.scheduler.framework.Weighted;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Scores the nodes that could take a pod, and takes the best. */
final class NodeChoice {

    private NodeChoice() {}

    /** The weighted sums of all plugins' scores. */
    static long[] scores(PodInfo pod, List<Weighted> plugins, ClusterState cluster, int[] slots) {
        long[] total = new long[slots.length];
        for (Weighted weighted : plugins) {
            Optional<NodeScorer> scorer = weighted.plugin().prepareScore(pod, cluster, slots);
            if (scorer.isEmpty()) {
                continue;
            }
            long[] scores = new long[slots.length];
            for (int i = 0; i < slots.length; i++) {
                scores[i] = scorer.get().score(slots[i]);
            }
            scorer.get().normalize(scores, slots);
            for (int i = 0; i < slots.length; i++) {
                total[i] += weighted.weight() * scores[i];
            }
        }
        return total;
    }

    /** One of the best, each with the same chance. */
    static int best(long[] scores, RandomGenerator random) {
        int best = 0;
        int equals = 1;
        for (int i = 1; i < scores.length; i++) {
            if (scores[i] > scores[best]) {
                best = i;
                equals = 1;
            } else if (scores[i] == scores[best]) {
                equals++;
                if (random.nextInt(equals) == 0) {
                    best = i;
                }
            }
        }
        return best;
    }
}
