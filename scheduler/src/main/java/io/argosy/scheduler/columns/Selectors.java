package io.argosy.scheduler.columns;

import io.argosy.apimodel.meta.LabelRequirement;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads label selectors of typed objects. */
public final class Selectors {

    private Selectors() {}

    /** An absent selector matches nothing, an empty one everything, one with an unknown operator nothing. */
    public static io.argosy.apimodel.meta.LabelSelector of(@Nullable LabelSelector selector) {
        if (selector == null) {
            return io.argosy.apimodel.meta.LabelSelector.nothing();
        }
        List<LabelRequirement> all = new ArrayList<>(requirements(selector.getMatchLabels()));
        for (var expression : orEmpty(selector.getMatchExpressions())) {
            Optional<LabelRequirement> requirement =
                    requirement(expression.getKey(), expression.getOperator(), expression.getValues());
            if (requirement.isEmpty()) {
                return io.argosy.apimodel.meta.LabelSelector.nothing();
            }
            all.add(requirement.get());
        }
        return io.argosy.apimodel.meta.LabelSelector.of(all);
    }

    /** One requirement for each label. */
    public static List<LabelRequirement> requirements(@Nullable Map<String, String> labels) {
        List<LabelRequirement> all = new ArrayList<>();
        if (labels != null) {
            labels.forEach(
                    (key, value) -> all.add(new LabelRequirement(key, LabelRequirement.Operator.IN, List.of(value))));
        }
        return all;
    }

    /** A requirement as label selectors and node selectors write it; empty when the operator is unknown. */
    public static Optional<LabelRequirement> requirement(
            String key, @Nullable String operator, @Nullable List<String> values) {
        List<String> wanted = orEmpty(values);
        return Optional.ofNullable(
                        switch (operator == null ? "" : operator) {
                            case "In" -> LabelRequirement.Operator.IN;
                            case "NotIn" -> LabelRequirement.Operator.NOT_IN;
                            case "Exists" -> LabelRequirement.Operator.EXISTS;
                            case "DoesNotExist" -> LabelRequirement.Operator.DOES_NOT_EXIST;
                            case "Gt" -> LabelRequirement.Operator.GREATER_THAN;
                            case "Lt" -> LabelRequirement.Operator.LESS_THAN;
                            default -> null;
                        })
                .map(found -> new LabelRequirement(key, found, wanted));
    }

    /** A list that may be absent. */
    public static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    /** A map that may be absent. */
    public static <V> Map<String, V> orEmpty(@Nullable Map<String, V> map) {
        return map == null ? Map.of() : map;
    }
}
