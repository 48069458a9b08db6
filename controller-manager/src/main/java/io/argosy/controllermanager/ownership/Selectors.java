package io.argosy.controllermanager.ownership;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Label selectors of typed objects. */
public final class Selectors {

    private Selectors() {}

    /** Selects nothing when the selector is absent, everything when it is empty. */
    public static LabelSelector of(io.fabric8.kubernetes.api.model.@Nullable LabelSelector selector) {
        if (selector == null) {
            return LabelSelector.nothing();
        }
        ObjectValue tree = new ObjectValue();
        if (selector.getMatchLabels() != null && !selector.getMatchLabels().isEmpty()) {
            tree.put("matchLabels", ObjectValue.ofStrings(selector.getMatchLabels()));
        }
        List<LabelSelectorRequirement> expressions = selector.getMatchExpressions();
        if (expressions != null && !expressions.isEmpty()) {
            ArrayValue array = tree.arrayOrNew("matchExpressions");
            for (LabelSelectorRequirement expression : expressions) {
                ObjectValue requirement = new ObjectValue();
                requirement.put("key", expression.getKey());
                requirement.put("operator", expression.getOperator());
                requirement.put(
                        "values",
                        ArrayValue.ofStrings(expression.getValues() == null ? List.of() : expression.getValues()));
                array.add(requirement);
            }
        }
        return LabelSelector.of(tree);
    }

    public static Map<String, String> labels(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }

    public static Map<String, String> annotations(HasMetadata object) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations == null ? Map.of() : annotations;
    }

    public static boolean matches(LabelSelector selector, HasMetadata object) {
        return selector.matches(labels(object));
    }
}
