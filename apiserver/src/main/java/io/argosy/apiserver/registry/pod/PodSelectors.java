package io.argosy.apiserver.registry.pod;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes what {@code matchLabelKeys} and {@code mismatchLabelKeys} mean for a pod into its selectors. */
final class PodSelectors {

    private PodSelectors() {}

    static void merge(ObjectValue pod) {
        Optional<ObjectValue> spec = pod.object("spec");
        if (spec.isEmpty()) {
            return;
        }
        ObjectValue labels = pod.object("metadata", "labels").orElseGet(ObjectValue::new);
        spec.get()
                .array("topologySpreadConstraints")
                .ifPresent(constraints ->
                        constraints.objects().forEach(constraint -> add(constraint, "matchLabelKeys", "In", labels)));
        for (String kind : List.of("podAffinity", "podAntiAffinity")) {
            terms(spec.get(), kind).forEach(term -> {
                add(term, "matchLabelKeys", "In", labels);
                add(term, "mismatchLabelKeys", "NotIn", labels);
            });
        }
    }

    private static Stream<ObjectValue> terms(ObjectValue spec, String kind) {
        Stream<ObjectValue> required =
                spec.array("affinity", kind, "requiredDuringSchedulingIgnoredDuringExecution").stream()
                        .flatMap(ArrayValue::objects);
        Stream<ObjectValue> preferred =
                spec.array("affinity", kind, "preferredDuringSchedulingIgnoredDuringExecution").stream()
                        .flatMap(ArrayValue::objects)
                        .flatMap(weighted -> weighted.object("podAffinityTerm").stream());
        return Stream.concat(required, preferred);
    }

    private static void add(ObjectValue term, String keysField, String operator, ObjectValue labels) {
        Optional<ObjectValue> selector = term.object("labelSelector");
        Optional<ArrayValue> keys = term.array(keysField);
        if (selector.isEmpty() || keys.isEmpty()) {
            return;
        }
        keys.get()
                .strings()
                .forEach(key -> labels.string(key)
                        .ifPresent(value -> selector.get()
                                .arrayOrNew("matchExpressions")
                                .add(new ObjectValue()
                                        .put("key", key)
                                        .put("operator", operator)
                                        .put("values", ArrayValue.ofStrings(List.of(value))))));
    }
}
