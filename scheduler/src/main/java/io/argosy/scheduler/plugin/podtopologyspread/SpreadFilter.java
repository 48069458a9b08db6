package io.argosy.scheduler.plugin.podtopologyspread;

import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.columns.NodeFacts;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.columns.ShapeCount;
import io.argosy.scheduler.framework.NodeFilter;
import io.argosy.scheduler.framework.Verdict;
import io.argosy.scheduler.plugin.nodeaffinity.RequiredNodes;
import io.argosy.scheduler.plugin.tainttoleration.Tolerations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The hard constraints of one pod: how many pods each value has, and how many it may have. */
final class SpreadFilter implements NodeFilter {

    private static final Verdict UNEVEN =
            Verdict.Rejected.now(PodTopologySpread.NAME, "node(s) didn't match pod topology spread constraints");
    private static final Verdict NO_LABEL = Verdict.Rejected.always(
            PodTopologySpread.NAME, "node(s) didn't match pod topology spread constraints (missing required label)");

    private final PodInfo pod;
    private final List<SpreadConstraint> constraints;
    private final ClusterState cluster;
    private final RequiredNodes required;
    private final Tolerations tolerations;
    private final List<Map<String, Integer>> counts = new ArrayList<>();
    private final int[] least;
    private boolean changed = true;

    SpreadFilter(PodInfo pod, List<SpreadConstraint> constraints, ClusterState cluster) {
        this.pod = pod;
        this.constraints = constraints;
        this.cluster = cluster;
        this.required = RequiredNodes.of(pod.pod());
        this.tolerations = Tolerations.of(pod.pod());
        this.least = new int[constraints.size()];
        for (int i = 0; i < constraints.size(); i++) {
            counts.add(new HashMap<>());
        }
        for (int place = 0; place < cluster.size(); place++) {
            int slot = cluster.at(place);
            NodeFacts node = cluster.facts(slot);
            if (SpreadConstraint.hasAllKeys(constraints, node)) {
                for (int i = 0; i < constraints.size(); i++) {
                    add(i, node, 0);
                }
            }
        }
        for (ShapeCount shape : cluster.shapesIn(pod.namespace())) {
            countShape(shape);
        }
    }

    private void countShape(ShapeCount shape) {
        if (shape.shape().terminating()) {
            return;
        }
        for (int i = 0; i < constraints.size(); i++) {
            int at = i;
            SpreadConstraint constraint = constraints.get(i);
            if (!constraint.selector().isEverything()
                    && constraint.selector().matches(shape.shape().labels())) {
                shape.forEach((slot, count) -> {
                    if (cluster.isNode(slot) && SpreadConstraint.hasAllKeys(constraints, cluster.facts(slot))) {
                        add(at, cluster.facts(slot), count);
                    }
                });
            }
        }
    }

    private void add(int at, NodeFacts node, int count) {
        SpreadConstraint constraint = constraints.get(at);
        if (constraint.includes(node, required, tolerations)) {
            counts.get(at).merge(label(constraint, node), count, Integer::sum);
        }
    }

    private static String label(SpreadConstraint constraint, NodeFacts node) {
        return node.labels().getOrDefault(constraint.topologyKey(), "");
    }

    @Override
    public void podChanged(PodInfo other, int slot, int delta) {
        NodeFacts node = cluster.facts(slot);
        if (!other.namespace().equals(pod.namespace()) || !SpreadConstraint.hasAllKeys(constraints, node)) {
            return;
        }
        for (int i = 0; i < constraints.size(); i++) {
            if (constraints.get(i).counts(other)) {
                add(i, node, delta);
                changed = true;
            }
        }
    }

    @Override
    public Verdict check(int slot) {
        if (changed) {
            findLeast();
        }
        NodeFacts node = cluster.facts(slot);
        for (int i = 0; i < constraints.size(); i++) {
            SpreadConstraint constraint = constraints.get(i);
            String value = node.labels().get(constraint.topologyKey());
            if (value == null) {
                return NO_LABEL;
            }
            int self = constraint.selector().matches(pod.shape().labels()) ? 1 : 0;
            int there = counts.get(i).getOrDefault(value, 0);
            if (there + self - least[i] > constraint.maxSkew()) {
                return UNEVEN;
            }
        }
        return Verdict.Pass.PASS;
    }

    private void findLeast() {
        changed = false;
        for (int i = 0; i < least.length; i++) {
            Map<String, Integer> known = counts.get(i);
            boolean few = known.size() < constraints.get(i).minDomains();
            least[i] = few
                    ? 0
                    : known.values().stream().mapToInt(Integer::intValue).min().orElse(Integer.MAX_VALUE);
        }
    }
}
