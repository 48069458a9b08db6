package io.argosy.apiserver.admission.limitranger;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fills what containers leave out with the defaults of one limit, and notes it in an annotation. */
final class Defaulting {

    private static final String ANNOTATION = "kubernetes.io/limit-ranger";

    private Defaulting() {}

    static void fill(ObjectValue pod, ObjectValue limit) {
        List<String> notes = new ArrayList<>();
        for (String list : List.of("containers", "initContainers")) {
            String kind = list.equals("containers") ? "container " : "init container ";
            pod.array("spec", list).stream().flatMap(ArrayValue::objects).forEach(container -> {
                String name = container.string("name").orElse("");
                note(notes, fill(container, "requests", limit.object("defaultRequest")), " request for ", kind + name);
                note(notes, fill(container, "limits", limit.object("default")), " limit for ", kind + name);
            });
        }
        if (!notes.isEmpty()) {
            pod.objectOrNew("metadata")
                    .objectOrNew("annotations")
                    .put(ANNOTATION, "LimitRanger plugin set: " + String.join("; ", notes));
        }
    }

    private static void note(List<String> notes, List<String> filled, String what, String container) {
        if (!filled.isEmpty()) {
            notes.add(String.join(", ", filled) + what + container);
        }
    }

    private static List<String> fill(ObjectValue container, String field, Optional<ObjectValue> defaults) {
        List<String> filled = new ArrayList<>();
        if (defaults.isEmpty()) {
            return filled;
        }
        for (String resource : defaults.get().names().stream().sorted().toList()) {
            ObjectValue amounts = container.objectOrNew("resources").objectOrNew(field);
            if (!amounts.has(resource)) {
                Value amount = defaults.get().at(resource).orElseThrow();
                amounts.put(resource, amount.copy());
                filled.add(resource);
            }
        }
        return filled;
    }
}
