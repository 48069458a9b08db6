package io.argosy.scheduler.plugin.podtopologyspread;

import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.columns.NodeFacts;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.columns.ShapeCount;
import io.argosy.scheduler.framework.NodeScorer;
import io.argosy.scheduler.plugin.nodeaffinity.RequiredNodes;
import io.argosy.scheduler.plugin.tainttoleration.Tolerations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The soft constraints of one pod: nodes where its like are fewer get more. */
final class SpreadScorer implements NodeScorer {

    private static final long IGNORED = -1;

    private final List<SpreadConstraint> constraints;
    private final ClusterState cluster;
    private final Set<Integer> ignored = new HashSet<>();
    private final List<Map<String, Long>> counts = new ArrayList<>();
    private final List<List<ShapeCount>> matching = new ArrayList<>();
    private final double[] weights;

    /** @param allKeys whether nodes without one of the labels do not take part */
    SpreadScorer(PodInfo pod, List<SpreadConstraint> constraints, ClusterState cluster, int[] slots, boolean allKeys) {
        this.constraints = constraints;
        this.cluster = cluster;
        this.weights = new double[constraints.size()];
        constraints.forEach(constraint -> counts.add(new HashMap<>()));
        for (int slot : slots) {
            addDomains(slot, allKeys);
        }
        RequiredNodes required = RequiredNodes.of(pod.pod());
        Tolerations tolerations = Tolerations.of(pod.pod());
        for (int i = 0; i < weights.length; i++) {
            SpreadConstraint constraint = constraints.get(i);
            List<ShapeCount> shapes = matching(constraint, pod);
            matching.add(shapes);
            boolean host = constraint.topologyKey().equals(SpreadConstraint.HOSTNAME);
            int size = host ? slots.length - ignored.size() : counts.get(i).size();
            weights[i] = Math.log(size + 2);
            if (!host) {
                Map<String, Long> known = counts.get(i);
                shapes.forEach(shape -> shape.forEach((slot, count) -> {
                    if (cluster.isNode(slot)
                            && (!allKeys || SpreadConstraint.hasAllKeys(constraints, cluster.facts(slot)))
                            && constraint.includes(cluster.facts(slot), required, tolerations)) {
                        known.computeIfPresent(
                                label(constraint, cluster.facts(slot)), (value, before) -> before + count);
                    }
                }));
            }
        }
    }

    private void addDomains(int slot, boolean allKeys) {
        NodeFacts node = cluster.facts(slot);
        if (allKeys && !SpreadConstraint.hasAllKeys(constraints, node)) {
            ignored.add(slot);
            return;
        }
        for (int i = 0; i < constraints.size(); i++) {
            if (!constraints.get(i).topologyKey().equals(SpreadConstraint.HOSTNAME)) {
                counts.get(i).putIfAbsent(label(constraints.get(i), node), 0L);
            }
        }
    }

    private static String label(SpreadConstraint constraint, NodeFacts node) {
        return node.labels().getOrDefault(constraint.topologyKey(), "");
    }

    private List<ShapeCount> matching(SpreadConstraint constraint, PodInfo pod) {
        if (constraint.selector().isEverything()) {
            return List.of();
        }
        return cluster.shapesIn(pod.namespace()).stream()
                .filter(shape -> !shape.shape().terminating()
                        && constraint.selector().matches(shape.shape().labels()))
                .toList();
    }

    @Override
    public long score(int slot) {
        if (ignored.contains(slot)) {
            return 0;
        }
        double score = 0;
        Map<String, String> labels = cluster.facts(slot).labels();
        for (int i = 0; i < weights.length; i++) {
            SpreadConstraint constraint = constraints.get(i);
            String value = labels.get(constraint.topologyKey());
            if (value != null) {
                score += count(i, slot, value) * weights[i] + (constraint.maxSkew() - 1);
            }
        }
        return Math.round(score);
    }

    private long count(int at, int slot, String value) {
        if (!constraints.get(at).topologyKey().equals(SpreadConstraint.HOSTNAME)) {
            return counts.get(at).getOrDefault(value, 0L);
        }
        long count = 0;
        for (ShapeCount shape : matching.get(at)) {
            count += shape.on(slot);
        }
        return count;
    }

    @Override
    public void normalize(long[] scores, int[] slots) {
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < scores.length; i++) {
            if (ignored.contains(slots[i])) {
                scores[i] = IGNORED;
                continue;
            }
            least = Math.min(least, scores[i]);
            most = Math.max(most, scores[i]);
        }
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] == IGNORED) {
                scores[i] = 0;
            } else {
                scores[i] = most == 0 ? MAX : MAX * (most + least - scores[i]) / most;
            }
        }
    }
}
