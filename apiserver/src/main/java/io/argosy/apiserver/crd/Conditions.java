package io.argosy.apiserver.crd;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.Optional;

/** The conditions of a CustomResourceDefinition. */
final class Conditions {

    private Conditions() {}

    static Optional<ObjectValue> find(ObjectValue crd, String type) {
        return crd.array("status", "conditions").stream()
                .flatMap(ArrayValue::objects)
                .filter(condition -> condition.string("type").orElse("").equals(type))
                .findFirst();
    }

    static boolean isTrue(ObjectValue crd, String type) {
        return find(crd, type)
                .map(condition -> condition.string("status").orElse("").equals("True"))
                .orElse(false);
    }

    /** Puts a condition; its time changes with its status only. */
    static void put(ObjectValue crd, String type, String status, String reason, String message, String now) {
        ObjectValue condition = find(crd, type).orElseGet(() -> {
            ObjectValue created = new ObjectValue();
            crd.objectOrNew("status").arrayOrNew("conditions").add(created);
            return created;
        });
        if (!condition.string("status").orElse("").equals(status)) {
            condition.put("lastTransitionTime", now);
        }
        condition
                .put("message", message)
                .put("reason", reason)
                .put("status", status)
                .put("type", type);
    }
}
