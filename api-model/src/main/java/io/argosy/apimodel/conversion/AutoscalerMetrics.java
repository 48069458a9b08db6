package io.argosy.apimodel.conversion;

import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.List;
import java.util.Locale;

/** Metrics of autoscalers: v2 nests what v1 keeps flat. */
final class AutoscalerMetrics {

    private AutoscalerMetrics() {}

    /** One source of metrics: where its parts stand in v2, as a path, and in v1. */
    private record Part(List<String> nested, String flat) {
        static Part of(String nested, String flat) {
            return new Part(List.of(nested.split("\\.")), flat);
        }
    }

    static ObjectValue specToFirst(ObjectValue metric) {
        return flatten(metric, true);
    }

    static ObjectValue statusToFirst(ObjectValue metric) {
        return flatten(metric, false);
    }

    static ObjectValue specFromFirst(ObjectValue metric) {
        ObjectValue nested = nest(metric, true);
        String source = source(metric);
        nested.object(source).ifPresent(of -> of.objectOrNew("target").put("type", targetType(source, of)));
        return nested;
    }

    static ObjectValue statusFromFirst(ObjectValue metric) {
        return nest(metric, false);
    }

    private static String targetType(String source, ObjectValue of) {
        return switch (source) {
            case "resource", "containerResource" ->
                of.at("target", "averageUtilization").isPresent() ? "Utilization" : "AverageValue";
            case "pods" -> "AverageValue";
            case "object" -> of.at("target", "averageValue").isPresent() ? "AverageValue" : "Value";
            default -> of.at("target", "value").isPresent() ? "Value" : "AverageValue";
        };
    }

    private static ObjectValue flatten(ObjectValue metric, boolean spec) {
        String source = source(metric);
        ObjectValue flat = new ObjectValue();
        metric.object(source).ifPresent(of -> {
            for (Part part : parts(source, spec)) {
                of.at(part.nested().toArray(String[]::new)).ifPresent(value -> flat.put(part.flat(), value));
            }
        });
        return whole(metric, source, flat);
    }

    private static ObjectValue nest(ObjectValue metric, boolean spec) {
        String source = source(metric);
        ObjectValue nested = new ObjectValue();
        metric.object(source).ifPresent(of -> {
            for (Part part : parts(source, spec)) {
                of.at(part.flat()).ifPresent(value -> put(nested, part.nested(), value));
            }
        });
        return whole(metric, source, nested);
    }

    private static void put(ObjectValue target, List<String> path, Value value) {
        if (path.size() == 1) {
            target.put(path.getFirst(), value);
        } else {
            put(target.objectOrNew(path.getFirst()), path.subList(1, path.size()), value);
        }
    }

    private static ObjectValue whole(ObjectValue metric, String source, ObjectValue content) {
        ObjectValue whole = new ObjectValue().put("type", metric.string("type").orElse(""));
        return source.isEmpty() ? whole : whole.put(source, content);
    }

    /** The field that holds what a metric of this type says. */
    private static String source(ObjectValue metric) {
        String type = metric.string("type").orElse("");
        return type.isEmpty() ? "" : type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
    }

    private static List<Part> parts(String source, boolean spec) {
        String side = spec ? "target" : "current";
        return switch (source) {
            case "resource", "containerResource" ->
                List.of(
                        Part.of("name", "name"),
                        Part.of("container", "container"),
                        Part.of(side + ".averageUtilization", side + "AverageUtilization"),
                        Part.of(side + ".averageValue", side + "AverageValue"));
            case "pods" ->
                List.of(
                        Part.of("metric.name", "metricName"),
                        Part.of("metric.selector", "selector"),
                        Part.of(side + ".averageValue", side + "AverageValue"));
            case "object" ->
                List.of(
                        Part.of("describedObject", "target"),
                        Part.of("metric.name", "metricName"),
                        Part.of("metric.selector", "selector"),
                        Part.of(side + ".value", side + "Value"),
                        Part.of(side + ".averageValue", "averageValue"));
            case "external" ->
                List.of(
                        Part.of("metric.name", "metricName"),
                        Part.of("metric.selector", "metricSelector"),
                        Part.of(side + ".value", side + "Value"),
                        Part.of(side + ".averageValue", side + "AverageValue"));
            default -> List.of();
        };
    }
}
