package io.argosy.apiserver.table;

import io.argosy.apimodel.conversion.Conversions;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Horizontal pod autoscalers. */
final class AutoscalerCells {

    private static final int SHOWN = 2;
    private static final String UNKNOWN = "<unknown>";

    private static final GroupVersionKind FIRST = new GroupVersionKind("autoscaling", "v1", "HorizontalPodAutoscaler");
    private static final GroupVersionKind SECOND = new GroupVersionKind("autoscaling", "v2", "HorizontalPodAutoscaler");

    private AutoscalerCells() {}

    static Map<String, CellFunction> functions() {
        return Map.of(
                "autoscaler.targets",
                CellFunction.text(AutoscalerCells::targets),
                "autoscaler.minimum",
                CellFunction.text(autoscaler -> autoscaler
                        .integer("spec", "minReplicas")
                        .map(number -> Long.toString(number))
                        .orElse("<unset>")));
    }

    /** The metrics as v2 says them: an object of v1 never has any. */
    private static ObjectValue current(ObjectValue autoscaler) {
        return autoscaler.array("spec", "metrics").isPresent()
                ? autoscaler
                : Conversions.convert(autoscaler.copy(), FIRST, SECOND);
    }

    private static String targets(ObjectValue given) {
        ObjectValue autoscaler = current(given);
        List<ObjectValue> specs = objects(autoscaler, "spec", "metrics");
        List<ObjectValue> statuses = objects(autoscaler, "status", "currentMetrics");
        if (specs.isEmpty()) {
            return "<none>";
        }
        List<String> all = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            all.add(metric(specs.get(i), i < statuses.size() ? statuses.get(i) : new ObjectValue()));
        }
        String shown = String.join(", ", all.subList(0, Math.min(SHOWN, all.size())));
        return all.size() > SHOWN ? shown + " + " + (all.size() - SHOWN) + " more..." : shown;
    }

    private static List<ObjectValue> objects(ObjectValue object, String... path) {
        return object.array(path).stream().flatMap(ArrayValue::objects).toList();
    }

    private static String metric(ObjectValue spec, ObjectValue status) {
        return switch (spec.string("type").orElse("")) {
            case "External" -> amount(spec, status, "external");
            case "Object" -> amount(spec, status, "object");
            case "Pods" ->
                currentAverage(status, "pods") + "/"
                        + spec.string("pods", "target", "averageValue").orElse("0");
            case "Resource" -> utilization(spec, status, "resource");
            case "ContainerResource" -> utilization(spec, status, "containerResource");
            default -> "<unknown type>";
        };
    }

    /** A value, or an average over the pods. */
    private static String amount(ObjectValue spec, ObjectValue status, String source) {
        Optional<String> average = spec.string(source, "target", "averageValue");
        if (average.isPresent()) {
            return status.string(source, "current", "averageValue").orElse(UNKNOWN) + "/" + average.get() + " (avg)";
        }
        String current = status.object(source).isPresent()
                ? status.string(source, "current", "value").orElse("0")
                : UNKNOWN;
        return current + "/" + spec.string(source, "target", "value").orElse("0");
    }

    private static String utilization(ObjectValue spec, ObjectValue status, String source) {
        String name = spec.string(source, "name").orElse("");
        Optional<String> average = spec.string(source, "target", "averageValue");
        if (average.isPresent()) {
            return name + ": " + currentAverage(status, source) + "/" + average.get();
        }
        return name + ": " + percent(status.integer(source, "current", "averageUtilization"), UNKNOWN) + "/"
                + percent(spec.integer(source, "target", "averageUtilization"), "<auto>");
    }

    private static String currentAverage(ObjectValue status, String source) {
        return status.object(source).isPresent()
                ? status.string(source, "current", "averageValue").orElse("0")
                : UNKNOWN;
    }

    private static String percent(Optional<Long> number, String otherwise) {
        return number.map(value -> value + "%").orElse(otherwise);
    }
}
