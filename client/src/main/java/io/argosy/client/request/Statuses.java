package io.argosy.client.request;

import io.argosy.apimodel.status.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The one place where a {@code metav1.Status} becomes an {@link ApiException}. */
final class Statuses {

    private Statuses() {}

    static ApiException error(int code, Map<String, String> headers, byte[] body) {
        try {
            JsonNode tree = ObjectJson.tree(body);
            if (tree.path("kind").asString("").equals("Status")) {
                return error(code, tree);
            }
        } catch (JacksonException e) {
            // Not JSON: a proxy's or a load balancer's answer.
            return plain(code, headers, body);
        }
        return plain(code, headers, body);
    }

    static ApiException error(int code, JsonNode status) {
        JsonNode details = status.path("details");
        List<ApiException.Cause> causes = new ArrayList<>();
        for (JsonNode cause : details.path("causes")) {
            causes.add(new ApiException.Cause(
                    cause.path("reason").asString(""),
                    cause.path("message").asString(""),
                    cause.path("field").asString("")));
        }
        int after = details.path("retryAfterSeconds").asInt(-1);
        return new ApiException(
                status.path("code").asInt(code),
                status.path("reason").asString(""),
                status.path("message").asString(""),
                new ApiException.Details(
                        details.path("name").asString(""),
                        details.path("group").asString(""),
                        details.path("kind").asString(""),
                        details.path("uid").asString(""),
                        causes,
                        after < 0 ? OptionalInt.empty() : OptionalInt.of(after)));
    }

    private static ApiException plain(int code, Map<String, String> headers, byte[] body) {
        String text = new String(body, 0, Math.min(body.length, 1024), StandardCharsets.UTF_8).strip();
        String reason = switch (code) {
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "NotFound";
            case 409 -> "Conflict";
            case 410 -> "Gone";
            case 429 -> "TooManyRequests";
            case 503 -> "ServiceUnavailable";
            default -> code >= 500 ? "InternalError" : "";
        };
        OptionalInt after = OptionalInt.empty();
        String header = headers.get("retry-after");
        if (header != null && header.matches("\\d{1,9}")) {
            after = OptionalInt.of(Integer.parseInt(header));
        }
        String message = text.isEmpty() ? "the server answered " + code : text;
        return new ApiException(code, reason, message, new ApiException.Details("", "", "", "", List.of(), after));
    }
}
