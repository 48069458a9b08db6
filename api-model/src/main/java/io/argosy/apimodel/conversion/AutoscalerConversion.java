package io.argosy.apimodel.conversion;

import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Horizontal pod autoscalers: {@code autoscaling/v1} knows a target for the CPU only and keeps the rest of
 * {@code autoscaling/v2} in annotations.
 */
final class AutoscalerConversion {

    private static final String PREFIX = "autoscaling.alpha.kubernetes.io/";
    private static final String METRICS = PREFIX + "metrics";
    private static final String CURRENT_METRICS = PREFIX + "current-metrics";
    private static final String BEHAVIOR = PREFIX + "behavior";
    private static final String CONDITIONS = PREFIX + "conditions";
    private static final List<String> ALL = List.of(METRICS, CURRENT_METRICS, BEHAVIOR, CONDITIONS);

    private AutoscalerConversion() {}

    /** From v2 to v1. */
    static void toFirst(ObjectValue autoscaler) {
        dropAnnotations(autoscaler);
        autoscaler.object("spec").ifPresent(spec -> specToFirst(autoscaler, spec));
        autoscaler.object("status").ifPresent(status -> statusToFirst(autoscaler, status));
    }

    private static void specToFirst(ObjectValue autoscaler, ObjectValue spec) {
        ArrayValue others = new ArrayValue();
        for (ObjectValue metric : take(spec, "metrics")) {
            Optional<Value> utilization = cpuUtilization(metric, "target");
            if (utilization.isEmpty()) {
                others.add(AutoscalerMetrics.specToFirst(metric));
            } else if (!spec.has("targetCPUUtilizationPercentage")) {
                spec.put("targetCPUUtilizationPercentage", utilization.get());
            }
        }
        if (!others.isEmpty()) {
            annotate(autoscaler, METRICS, others);
        }
        spec.remove("behavior")
                .ifPresent(behavior -> annotate(autoscaler, BEHAVIOR, AutoscalerBehavior.toAnnotation(behavior)));
    }

    private static void statusToFirst(ObjectValue autoscaler, ObjectValue status) {
        List<ObjectValue> metrics = take(status, "currentMetrics");
        metrics.stream()
                .flatMap(metric -> cpuUtilization(metric, "current").stream())
                .findFirst()
                .ifPresent(utilization -> status.put("currentCPUUtilizationPercentage", utilization));
        if (!metrics.isEmpty()) {
            annotate(autoscaler, CURRENT_METRICS, map(metrics, AutoscalerMetrics::statusToFirst));
        }
        List<ObjectValue> conditions = take(status, "conditions");
        if (!conditions.isEmpty()) {
            annotate(autoscaler, CONDITIONS, new ArrayValue(conditions));
        }
    }

    /** From v1 to v2. */
    static void fromFirst(ObjectValue autoscaler) {
        Optional<Value> metrics = annotation(autoscaler, METRICS);
        Optional<Value> currentMetrics = annotation(autoscaler, CURRENT_METRICS);
        Optional<Value> behavior = annotation(autoscaler, BEHAVIOR);
        Optional<Value> conditions = annotation(autoscaler, CONDITIONS);
        dropAnnotations(autoscaler);
        autoscaler.object("spec").ifPresent(spec -> {
            ArrayValue all = map(objects(metrics), AutoscalerMetrics::specFromFirst);
            spec.remove("targetCPUUtilizationPercentage").ifPresent(utilization -> all.add(cpuMetric(utilization)));
            putUnlessEmpty(spec, "metrics", all);
            behavior.map(AutoscalerBehavior::fromAnnotation).ifPresent(rules -> spec.put("behavior", rules));
        });
        autoscaler.object("status").ifPresent(status -> {
            Optional<Value> utilization = status.remove("currentCPUUtilizationPercentage");
            ArrayValue all = map(objects(currentMetrics), AutoscalerMetrics::statusFromFirst);
            if (all.isEmpty()) {
                utilization.ifPresent(percent -> all.add(cpuStatus(percent)));
            }
            putUnlessEmpty(status, "currentMetrics", all);
            putUnlessEmpty(status, "conditions", new ArrayValue(objects(conditions)));
        });
    }

    private static ObjectValue cpuMetric(Value utilization) {
        ObjectValue target = new ObjectValue().put("type", "Utilization").put("averageUtilization", utilization);
        return new ObjectValue()
                .put("type", "Resource")
                .put("resource", new ObjectValue().put("name", "cpu").put("target", target));
    }

    private static ObjectValue cpuStatus(Value utilization) {
        ObjectValue current = new ObjectValue().put("averageUtilization", utilization);
        return new ObjectValue()
                .put("type", "Resource")
                .put("resource", new ObjectValue().put("name", "cpu").put("current", current));
    }

    private static Optional<Value> cpuUtilization(ObjectValue metric, String side) {
        boolean cpu = metric.string("type").orElse("").equals("Resource")
                && metric.string("resource", "name").orElse("").equals("cpu");
        return cpu ? metric.at("resource", side, "averageUtilization") : Optional.empty();
    }

    private static List<ObjectValue> take(ObjectValue owner, String field) {
        return objects(owner.remove(field));
    }

    private static List<ObjectValue> objects(Optional<Value> list) {
        return list.filter(ArrayValue.class::isInstance).stream()
                .flatMap(items -> ((ArrayValue) items).objects())
                .toList();
    }

    private static ArrayValue map(List<ObjectValue> items, UnaryOperator<ObjectValue> change) {
        return new ArrayValue(items.stream().map(change).toList());
    }

    private static void putUnlessEmpty(ObjectValue owner, String field, ArrayValue items) {
        if (!items.isEmpty()) {
            owner.put(field, items);
        }
    }

    private static void annotate(ObjectValue autoscaler, String name, Value content) {
        autoscaler
                .objectOrNew("metadata")
                .objectOrNew("annotations")
                .put(name, new String(JsonWriter.write(content), StandardCharsets.UTF_8));
    }

    /** What an annotation holds; one that is no JSON counts as absent. */
    private static Optional<Value> annotation(ObjectValue autoscaler, String name) {
        return autoscaler.string("metadata", "annotations", name).flatMap(text -> {
            try {
                return Optional.of(JsonReader.read(text.getBytes(StandardCharsets.UTF_8)));
            } catch (RuntimeException e) {
                return Optional.empty();
            }
        });
    }

    private static void dropAnnotations(ObjectValue autoscaler) {
        autoscaler.object("metadata", "annotations").ifPresent(annotations -> {
            ALL.forEach(annotations::remove);
            if (annotations.isEmpty()) {
                autoscaler.objectOrNew("metadata").remove("annotations");
            }
        });
    }
}
