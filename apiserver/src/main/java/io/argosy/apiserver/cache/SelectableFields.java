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
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a resource that field selectors may name, beside name and namespace, and how their values are read.
 *
 * <p>An absent string reads as empty, an absent boolean as {@code false} and an absent number as {@code 0}.
 */
final class SelectableFields {

    static final int NAME = -1;
    static final int NAMESPACE = -2;

    private static final GroupResource EVENTS = new GroupResource("", "events");

    /** Fields whose selector name is not where the value stands; of several places the first that is set counts. */
    private static final Map<GroupResource, Map<String, List<String>>> ELSEWHERE = Map.of(
            EVENTS,
            Map.of("source", List.of("source.component", "reportingComponent")),
            new GroupResource("batch", "jobs"),
            Map.of("status.successful", List.of("status.succeeded")));

    /** What events.k8s.io calls the fields of the events that it shares with the legacy group. */
    private static final Map<String, String> EVENT_NAMES = Map.of(
            "regarding.kind", "involvedObject.kind",
            "regarding.namespace", "involvedObject.namespace",
            "regarding.name", "involvedObject.name",
            "regarding.uid", "involvedObject.uid",
            "regarding.apiVersion", "involvedObject.apiVersion",
            "regarding.resourceVersion", "involvedObject.resourceVersion",
            "regarding.fieldPath", "involvedObject.fieldPath",
            "reportingController", "reportingComponent");

    private static final Set<String> BOOLEANS = Set.of("spec.unschedulable", "spec.hostNetwork");
    private static final Set<String> NUMBERS = Set.of("status.replicas", "status.successful");

    private final List<String> names;
    private final List<List<String[]>> paths;
    private final Map<String, String> elsewhereDeclared;
    private final boolean events;

    SelectableFields(GroupResource resource, List<String> selectable) {
        this(resource, selectable, Map.of());
    }

    /**
     * @param selectable fields of the stored version
     * @param others fields that only other versions have, with the version to read each in
     */
    SelectableFields(GroupResource resource, List<String> selectable, Map<String, String> others) {
        this.elsewhereDeclared = Map.copyOf(others);
        List<String> kept = new ArrayList<>();
        List<List<String[]>> places = new ArrayList<>();
        Map<String, List<String>> elsewhere = ELSEWHERE.getOrDefault(resource, Map.of());
        List<String> all = new ArrayList<>(selectable);
        all.addAll(others.keySet());
        for (String name : all) {
            if (!name.equals("metadata.name") && !name.equals("metadata.namespace")) {
                kept.add(name);
                places.add(elsewhere.getOrDefault(name, List.of(name)).stream()
                        .map(path -> path.split("\\."))
                        .toList());
            }
        }
        this.names = List.copyOf(kept);
        this.paths = List.copyOf(places);
        this.events = resource.equals(EVENTS);
    }

    int count() {
        return names.size();
    }

    boolean has(String name) {
        return name.equals("metadata.name") || name.equals("metadata.namespace") || indexOf(name) >= 0;
    }

    /** The place of a field in {@link #read}, or {@link #NAME} or {@link #NAMESPACE}. */
    int place(String name) {
        return switch (name) {
            case "metadata.name" -> NAME;
            case "metadata.namespace" -> NAMESPACE;
            default -> {
                int place = indexOf(name);
                if (place < 0) {
                    throw new IllegalArgumentException("field label not supported: " + name);
                }
                yield place;
            }
        };
    }

    private int indexOf(String name) {
        int place = names.indexOf(name);
        return place < 0 && events ? names.indexOf(EVENT_NAMES.getOrDefault(name, name)) : place;
    }

    /** The version of the group that a field must be read in; empty for the stored one. */
    Optional<String> versionOf(int place) {
        return place < 0 ? Optional.empty() : Optional.ofNullable(elsewhereDeclared.get(names.get(place)));
    }

    /** The values of an object of the stored version; null for fields of other versions, which are read when asked for. */
    @Nullable
    String[] read(ObjectValue object, Interner interner) {
        @Nullable String[] values = new @Nullable String[names.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = versionOf(i).isPresent() ? null : interner.share(valueOf(object, i));
        }
        return values;
    }

    /** The value of one field of an object in the version that the field is of. */
    String read(ObjectValue object, int place) {
        return valueOf(object, place);
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
