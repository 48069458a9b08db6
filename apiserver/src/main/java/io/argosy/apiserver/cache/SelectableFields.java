package io.argosy.apiserver.cache;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.tree.BooleanValue;
import io.argosy.apimodel.tree.DoubleValue;
import io.argosy.apimodel.tree.IntegerValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a resource that field selectors may name, beside name and namespace, and how their values are read.
 *
 * <p>An absent string reads as empty, an absent boolean as {@code false} and an absent number as {@code 0}.
 */
final class SelectableFields {

    static final int NAME = -1;
    static final int NAMESPACE = -2;

    /** Fields whose selector name is not where the value stands; of several places the first that is set counts. */
    private static final Map<GroupResource, Map<String, List<String>>> ELSEWHERE = Map.of(
            new GroupResource("", "events"), Map.of("source", List.of("source.component", "reportingComponent")),
            new GroupResource("events.k8s.io", "events"),
                    Map.of(
                            "source", List.of("deprecatedSource.component", "reportingController"),
                            "reportingComponent", List.of("reportingController"),
                            "involvedObject.kind", List.of("regarding.kind"),
                            "involvedObject.namespace", List.of("regarding.namespace"),
                            "involvedObject.name", List.of("regarding.name"),
                            "involvedObject.uid", List.of("regarding.uid"),
                            "involvedObject.apiVersion", List.of("regarding.apiVersion"),
                            "involvedObject.resourceVersion", List.of("regarding.resourceVersion"),
                            "involvedObject.fieldPath", List.of("regarding.fieldPath")),
            new GroupResource("batch", "jobs"), Map.of("status.successful", List.of("status.succeeded")));

    private static final Set<String> BOOLEANS = Set.of("spec.unschedulable", "spec.hostNetwork");
    private static final Set<String> NUMBERS = Set.of("status.replicas", "status.successful");

    private final List<String> names;
    private final List<List<String[]>> paths;

    SelectableFields(GroupResource resource, List<String> selectable) {
        List<String> kept = new ArrayList<>();
        List<List<String[]>> places = new ArrayList<>();
        Map<String, List<String>> elsewhere = ELSEWHERE.getOrDefault(resource, Map.of());
        for (String name : selectable) {
            if (!name.equals("metadata.name") && !name.equals("metadata.namespace")) {
                kept.add(name);
                places.add(elsewhere.getOrDefault(name, List.of(name)).stream()
                        .map(path -> path.split("\\."))
                        .toList());
            }
        }
        this.names = List.copyOf(kept);
        this.paths = List.copyOf(places);
    }

    int count() {
        return names.size();
    }

    boolean has(String name) {
        return name.equals("metadata.name") || name.equals("metadata.namespace") || names.contains(name);
    }

    /** The place of a field in {@link #read}, or {@link #NAME} or {@link #NAMESPACE}. */
    int place(String name) {
        return switch (name) {
            case "metadata.name" -> NAME;
            case "metadata.namespace" -> NAMESPACE;
            default -> {
                int place = names.indexOf(name);
                if (place < 0) {
                    throw new IllegalArgumentException("field label not supported: " + name);
                }
                yield place;
            }
        };
    }

    String[] read(ObjectValue object, Interner interner) {
        String[] values = new String[names.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = interner.share(valueOf(object, i));
        }
        return values;
    }

    private String valueOf(ObjectValue object, int place) {
        for (String[] path : paths.get(place)) {
            String text = text(object, path);
            if (!text.isEmpty()) {
                return text;
            }
        }
        String name = names.get(place);
        return BOOLEANS.contains(name) ? "false" : NUMBERS.contains(name) ? "0" : "";
    }

    private static String text(ObjectValue object, String[] path) {
        Value value = object.at(path).orElse(new StringValue(""));
        return switch (value) {
            case StringValue text -> text.value();
            case IntegerValue number -> Long.toString(number.value());
            case BooleanValue truth -> Boolean.toString(truth.value());
            case DoubleValue number -> Double.toString(number.value());
            default -> "";
        };
    }
}
