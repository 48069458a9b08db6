package io.argosy.apiserver.admission.webhook;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The error a client is told when a webhook does not allow what it asks. Pure. */
final class Refusal {

    private Refusal() {}

    /** @param result the Status of the webhook's answer, if it gave one */
    static ApiException of(String webhook, Optional<ObjectValue> result) {
        ObjectValue status = result.orElseGet(ObjectValue::new);
        int code = Math.max(400, status.integer("code").orElse(0L).intValue());
        String reason = status.string("reason").orElse("");
        String message = status.string("message").orElse("");
        String why = !message.isEmpty() ? ": " + message : !reason.isEmpty() ? ": " + reason : " without explanation";
        return new ApiException(
                code,
                reason,
                "admission webhook \"" + webhook + "\" denied the request" + why,
                status.object("details").map(Refusal::details).orElse(ApiException.Details.NONE));
    }

    private static ApiException.Details details(ObjectValue given) {
        List<ApiException.Cause> causes = given.array("causes").stream()
                .flatMap(ArrayValue::objects)
                .map(cause -> new ApiException.Cause(
                        cause.string("reason").orElse(""),
                        cause.string("message").orElse(""),
                        cause.string("field").orElse("")))
                .toList();
        OptionalInt retry = given.integer("retryAfterSeconds").isPresent()
                ? OptionalInt.of(given.integer("retryAfterSeconds").get().intValue())
                : OptionalInt.empty();
        return new ApiException.Details(
                given.string("name").orElse(""),
                given.string("group").orElse(""),
                given.string("kind").orElse(""),
                given.string("uid").orElse(""),
                causes,
                retry);
    }
}
