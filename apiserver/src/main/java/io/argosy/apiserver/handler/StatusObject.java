package io.argosy.apiserver.handler;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;

/** The {@code metav1.Status} of an answer: the one place where errors take their form. */
public final class StatusObject {

    private StatusObject() {}

    /** What an error is told as. */
    public static ObjectValue of(ApiException error) {
        ObjectValue status = start("Failure");
        putText(status.objectOrNew("metadata"), "continue", error.continueToken());
        if (!error.message().isEmpty()) {
            status.put("message", error.message());
        }
        if (!error.reason().isEmpty()) {
            status.put("reason", error.reason());
        }
        if (!error.details().equals(ApiException.Details.NONE) || alwaysDetailed(error)) {
            status.put("details", details(error.details()));
        }
        return status.put("code", error.code());
    }

    /** Errors about a resource have details, be they empty, as have those of the routes themselves. */
    private static boolean alwaysDetailed(ApiException error) {
        return switch (error.code()) {
            case 403, 404, 405, 422 -> true;
            default -> error.message().startsWith(error.code() + ": ");
        };
    }

    /** What a complete delete is told as. */
    static ObjectValue deleted(String name, String group, String resource, String uid) {
        ObjectValue details = new ObjectValue().put("name", name);
        if (!group.isEmpty()) {
            details.put("group", group);
        }
        details.put("kind", resource);
        if (!uid.isEmpty()) {
            details.put("uid", uid);
        }
        return start("Success").put("details", details);
    }

    private static ObjectValue start(String status) {
        return new ObjectValue()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("metadata", new ObjectValue())
                .put("status", status);
    }

    private static ObjectValue details(ApiException.Details details) {
        ObjectValue object = new ObjectValue();
        putText(object, "name", details.name());
        putText(object, "group", details.group());
        putText(object, "kind", details.kind());
        putText(object, "uid", details.uid());
        if (!details.causes().isEmpty()) {
            ArrayValue causes = object.arrayOrNew("causes");
            for (ApiException.Cause cause : details.causes()) {
                ObjectValue one = new ObjectValue();
                putText(one, "reason", cause.reason());
                putText(one, "message", cause.message());
                putText(one, "field", cause.field());
                causes.add(one);
            }
        }
        if (details.retryAfterSeconds().isPresent()) {
            object.put("retryAfterSeconds", details.retryAfterSeconds().getAsInt());
        }
        return object;
    }

    private static void putText(ObjectValue object, String field, String text) {
        if (!text.isEmpty()) {
            object.put(field, text);
        }
    }
}
