package io.argosy.apimodel.conversion;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.List;
import java.util.Locale;

/** The scaling rules as the annotation of {@code autoscaling/v1} holds them: names with capitals, and nulls. */
final class AutoscalerBehavior {

    private static final List<String> RULES =
            List.of("StabilizationWindowSeconds", "SelectPolicy", "Policies", "Tolerance");
    private static final List<String> DIRECTIONS = List.of("ScaleUp", "ScaleDown");

    private AutoscalerBehavior() {}

    static Value toAnnotation(Value behavior) {
        ObjectValue capital = (ObjectValue) capitals(behavior);
        ObjectValue annotation = new ObjectValue();
        for (String direction : DIRECTIONS) {
            Value rules = capital.at(direction).orElse(NullValue.NULL);
            annotation.put(direction, rules instanceof ObjectValue given ? whole(given) : rules);
        }
        return annotation;
    }

    private static ObjectValue whole(ObjectValue rules) {
        ObjectValue whole = new ObjectValue();
        RULES.forEach(name -> whole.put(name, rules.at(name).orElse(NullValue.NULL)));
        return whole;
    }

    private static Value capitals(Value value) {
        return switch (value) {
            case ObjectValue object -> {
                ObjectValue renamed = new ObjectValue();
                object.fields()
                        .forEach((name, part) -> renamed.put(
                                name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1), capitals(part)));
                yield renamed;
            }
            case ArrayValue array ->
                new ArrayValue(
                        array.items().stream().map(AutoscalerBehavior::capitals).toList());
            default -> value;
        };
    }

    static Value fromAnnotation(Value annotation) {
        return switch (annotation) {
            case ObjectValue object -> {
                ObjectValue renamed = new ObjectValue();
                object.fields().forEach((name, part) -> {
                    if (!(part instanceof NullValue) && !name.isEmpty()) {
                        renamed.put(
                                name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1),
                                fromAnnotation(part));
                    }
                });
                yield renamed;
            }
            case ArrayValue array ->
                new ArrayValue(array.items().stream()
                        .map(AutoscalerBehavior::fromAnnotation)
                        .toList());
            default -> annotation;
        };
    }
}
