package io.argosy.apiserver.registry.pod;

import io.argosy.apimodel.time.ApiTime;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.time.Instant;
import java.util.Optional;

/** The conditions in a pod's status. */
public final class PodConditions {

    private PodConditions() {}

    public static Optional<ObjectValue> find(ObjectValue pod, String type) {
        return pod.array("status", "conditions").stream()
                .flatMap(ArrayValue::objects)
                .filter(condition -> condition.string("type").orElse("").equals(type))
                .findFirst();
    }

    public static boolean isTrue(ObjectValue pod, String type) {
        return find(pod, type)
                .map(condition -> condition.string("status").orElse("").equals("True"))
                .orElse(false);
    }

    /** Puts a condition; its time of transition changes with its status only. Empty texts are left out. */
    static void put(ObjectValue pod, String type, String status, String reason, String message, Instant now) {
        ObjectValue condition = find(pod, type).orElse(null);
        if (condition == null) {
            condition = new ObjectValue().put("type", type);
            pod.objectOrNew("status").arrayOrNew("conditions").add(condition);
        }
        if (!condition.string("status").orElse("").equals(status)) {
            condition.put("lastTransitionTime", ApiTime.format(now));
        }
        condition.put("status", status);
        putOrRemove(condition, "reason", reason);
        putOrRemove(condition, "message", message);
    }

    private static void putOrRemove(ObjectValue condition, String field, String text) {
        if (text.isEmpty()) {
            condition.remove(field);
        } else {
            condition.put(field, text);
        }
    }
}
