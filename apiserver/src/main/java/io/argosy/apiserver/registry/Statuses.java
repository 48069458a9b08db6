package io.argosy.apiserver.registry;

import io.argosy.apimodel.tree.ObjectValue;

/** Answers that are a {@code metav1.Status}. */
public final class Statuses {

    private Statuses() {}

    /** @param code the HTTP status to answer with */
    public static ObjectValue success(int code) {
        return new ObjectValue()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("metadata", new ObjectValue())
                .put("status", "Success")
                .put("code", code);
    }

    /** A failure that is told as it is, without a reason. */
    public static ObjectValue failure(int code, String message) {
        return new ObjectValue()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("metadata", new ObjectValue())
                .put("status", "Failure")
                .put("message", message)
                .put("code", code);
    }
}
