package io.argosy.scheduler.plugin.nodeaffinity;

import io.argosy.apimodel.meta.LabelRequirement;
import io.argosy.scheduler.columns.Selectors;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One term of a node selector: all its requirements hold. A term without requirements matches nothing.
 *
 * @param onFields requirements on {@code metadata.name}
 */
record NodeTerm(List<LabelRequirement> onLabels, List<LabelRequirement> onFields) {

    private static final String NAME_FIELD = "metadata.name";

    static NodeTerm of(NodeSelectorTerm term) {
        List<LabelRequirement> labels = new ArrayList<>();
        List<LabelRequirement> fields = new ArrayList<>();
        boolean readable = read(Selectors.orEmpty(term.getMatchExpressions()), labels)
                && read(Selectors.orEmpty(term.getMatchFields()), fields);
        return readable ? new NodeTerm(labels, fields) : new NodeTerm(List.of(), List.of());
    }

    private static boolean read(List<NodeSelectorRequirement> requirements, List<LabelRequirement> into) {
        for (NodeSelectorRequirement requirement : requirements) {
            Optional<LabelRequirement> read =
                    Selectors.requirement(requirement.getKey(), requirement.getOperator(), requirement.getValues());
            if (read.isEmpty()) {
                return false;
            }
            into.add(read.get());
        }
        return true;
    }

    boolean isEmpty() {
        return onLabels.isEmpty() && onFields.isEmpty();
    }

    boolean matches(String node, Map<String, String> labels) {
        if (isEmpty()) {
            return false;
        }
        for (LabelRequirement requirement : onLabels) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        for (LabelRequirement requirement : onFields) {
            if (!requirement.key().equals(NAME_FIELD) || !requirement.matches(Map.of(NAME_FIELD, node))) {
                return false;
            }
        }
        return true;
    }

    /** The only nodes that can match by name; empty when the term names none. */
    Optional<List<String>> names() {
        return onFields.stream()
                .filter(field -> field.key().equals(NAME_FIELD) && field.operator() == LabelRequirement.Operator.IN)
                .map(LabelRequirement::values)
                .findFirst();
    }
}
