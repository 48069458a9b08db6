package io.argosy.scheduler.plugin.podtopologyspread;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.scheduler.columns.NodeFacts;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.columns.Selectors;
import io.argosy.scheduler.plugin.nodeaffinity.RequiredNodes;
import io.argosy.scheduler.plugin.tainttoleration.Tolerations;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How evenly pods have to be over the values of a node label.
 *
 * @param honorAffinity whether only nodes that the pod asks for count
 * @param honorTaints whether only nodes whose taints it tolerates count
 */
record SpreadConstraint(
        int maxSkew,
        String topologyKey,
        LabelSelector selector,
        int minDomains,
        boolean honorAffinity,
        boolean honorTaints) {

    static final String HOSTNAME = "kubernetes.io/hostname";

    /** @param action {@code DoNotSchedule} or {@code ScheduleAnyway}: the constraints with another are left out */
    static List<SpreadConstraint> of(
            List<TopologySpreadConstraint> constraints, Map<String, String> podLabels, String action) {
        return constraints.stream()
                .filter(constraint -> action.equals(constraint.getWhenUnsatisfiable()))
                .map(constraint -> new SpreadConstraint(
                        constraint.getMaxSkew(),
                        constraint.getTopologyKey(),
                        selector(constraint, podLabels),
                        constraint.getMinDomains() == null ? 1 : constraint.getMinDomains(),
                        !"Ignore".equals(constraint.getNodeAffinityPolicy()),
                        "Honor".equals(constraint.getNodeTaintsPolicy())))
                .toList();
    }

    private static LabelSelector selector(TopologySpreadConstraint constraint, Map<String, String> podLabels) {
        LabelSelector selector = Selectors.of(constraint.getLabelSelector());
        List<String> keys = Selectors.orEmpty(constraint.getMatchLabelKeys());
        if (keys.isEmpty() || selector.isNothing()) {
            return selector;
        }
        var all = new ArrayList<>(selector.requirements());
        for (String key : keys) {
            String value = podLabels.get(key);
            if (value != null) {
                all.addAll(Selectors.requirements(Map.of(key, value)));
            }
        }
        return LabelSelector.of(all);
    }

    SpreadConstraint withSelector(LabelSelector other) {
        return new SpreadConstraint(maxSkew, topologyKey, other, minDomains, honorAffinity, honorTaints);
    }

    /** Whether a node's pods count. */
    boolean includes(NodeFacts node, RequiredNodes required, Tolerations tolerations) {
        return (!honorAffinity || required.match(node)) && (!honorTaints || tolerations.allow(node.taints()));
    }

    /** Whether a pod that is there counts. */
    boolean counts(PodInfo other) {
        return !other.terminating()
                && !selector.isEverything()
                && selector.matches(other.shape().labels());
    }

    static boolean hasAllKeys(List<SpreadConstraint> constraints, NodeFacts node) {
        for (SpreadConstraint constraint : constraints) {
            if (!node.labels().containsKey(constraint.topologyKey())) {
                return false;
            }
        }
        return true;
    }
}
