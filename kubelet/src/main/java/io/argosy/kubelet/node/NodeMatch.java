package io.argosy.kubelet.node;

import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a node is one of those that a pod's selector and required node affinity name. Pure. */
final class NodeMatch {

    private NodeMatch() {}

    static boolean of(Pod pod, Node node) {
        Map<String, String> labels = PodView.orEmpty(node.getMetadata().getLabels());
        boolean selected = PodView.orEmpty(pod.getSpec().getNodeSelector()).entrySet().stream()
                .allMatch(e -> e.getValue().equals(labels.get(e.getKey())));
        Optional<List<NodeSelectorTerm>> terms = Optional.ofNullable(
                        pod.getSpec().getAffinity())
                .map(Affinity::getNodeAffinity)
                .map(a -> a.getRequiredDuringSchedulingIgnoredDuringExecution())
                .map(s -> PodView.orEmpty(s.getNodeSelectorTerms()));
        return selected
                && terms.map(list -> list.stream().anyMatch(t -> matches(t, node, labels)))
                        .orElse(true);
    }

    private static boolean matches(NodeSelectorTerm term, Node node, Map<String, String> labels) {
        List<NodeSelectorRequirement> expressions = PodView.orEmpty(term.getMatchExpressions());
        List<NodeSelectorRequirement> fields = PodView.orEmpty(term.getMatchFields());
        // A term without any requirement matches nothing.
        return !(expressions.isEmpty() && fields.isEmpty())
                && expressions.stream().allMatch(r -> matches(r, Optional.ofNullable(labels.get(r.getKey()))))
                && fields.stream()
                        .allMatch(r -> r.getKey().equals("metadata.name")
                                && matches(r, Optional.of(node.getMetadata().getName())));
    }

    private static boolean matches(NodeSelectorRequirement requirement, Optional<String> value) {
        List<String> values = PodView.orEmpty(requirement.getValues());
        return switch (requirement.getOperator()) {
            case "In" -> value.filter(values::contains).isPresent();
            case "NotIn" -> value.filter(values::contains).isEmpty();
            case "Exists" -> value.isPresent();
            case "DoesNotExist" -> value.isEmpty();
            case "Gt" -> compare(value, values).filter(c -> c > 0).isPresent();
            case "Lt" -> compare(value, values).filter(c -> c < 0).isPresent();
            default -> false;
        };
    }

    /** Empty when one of the two is no number. */
    private static Optional<Integer> compare(Optional<String> value, List<String> values) {
        try {
            return value.isEmpty() || values.size() != 1
                    ? Optional.empty()
                    : Optional.of(Long.compare(Long.parseLong(value.get()), Long.parseLong(values.getFirst())));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
