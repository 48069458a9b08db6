package io.argosy.apimodel.status;

import io.argosy.apimodel.meta.GroupResource;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * An error that the API tells its client: it becomes a {@code metav1.Status} in exactly one place on the server, and is
 * made from one in exactly one place in the client.
 */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Details details;
    private final int code;
    private final String reason;
    private final String continueToken;

    /**
     * What the error is about.
     *
     * @param name the object, or empty
     * @param group its group, or empty
     * @param kind its kind or resource, or empty
     * @param uid its UID, or empty
     * @param causes field errors and other causes
     * @param retryAfterSeconds when to try again
     */
    public record Details(
            String name, String group, String kind, String uid, List<Cause> causes, OptionalInt retryAfterSeconds) {
        public static final Details NONE = new Details("", "", "", "", List.of(), OptionalInt.empty());

        public Details {
            causes = List.copyOf(causes);
        }

        public static Details of(GroupResource resource, String name) {
            return new Details(name, resource.group(), resource.resource(), "", List.of(), OptionalInt.empty());
        }
    }

    /** One cause: machine-readable reason, message, and the field it is about or empty. */
    public record Cause(String reason, String message, String field) {}

    public ApiException(int code, String reason, String message, Details details) {
        this(code, reason, message, details, "");
    }

    private ApiException(int code, String reason, String message, Details details, String continueToken) {
        super(message, null, false, false);
        this.continueToken = continueToken;
        this.code = code;
        this.reason = reason;
        this.details = details;
    }

    /** The HTTP status code. */
    public int code() {
        return code;
    }

    /** {@code metav1.StatusReason}, or empty. */
    public String reason() {
        return reason;
    }

    public Details details() {
        return details;
    }

    /** {@code metadata.continue} of the Status: names the rest of a list whose state is gone; else empty. */
    public String continueToken() {
        return continueToken;
    }

    public String message() {
        String message = getMessage();
        return message == null ? "" : message;
    }

    public boolean is(int code) {
        return this.code == code;
    }

    public static ApiException notFound(GroupResource resource, String name) {
        return new ApiException(
                404, "NotFound", resource + " " + Quoted.text(name) + " not found", Details.of(resource, name));
    }

    public static ApiException alreadyExists(GroupResource resource, String name) {
        return new ApiException(
                409, "AlreadyExists", resource + " \"" + name + "\" already exists", Details.of(resource, name));
    }

    public static ApiException conflict(GroupResource resource, String name, String why) {
        return new ApiException(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + resource + " \"" + name + "\": " + why,
                Details.of(resource, name));
    }

    public static ApiException forbidden(GroupResource resource, String name, String why) {
        String what = resource.resource().isEmpty()
                ? "forbidden: " + why
                : resource + " " + (name.isEmpty() ? "" : "\"" + name + "\" ") + "is forbidden: " + why;
        return new ApiException(403, "Forbidden", what, Details.of(resource, name));
    }

    /** {@code group} and {@code kind} are those of the object, not of the resource. */
    public static ApiException invalid(String group, String kind, String name, List<FieldError> errors) {
        List<Cause> causes = errors.stream()
                .map(error -> new Cause(
                        error.type().reason(), error.message(), error.path().toString()))
                .toList();
        List<String> texts =
                errors.stream().map(FieldError::toString).distinct().toList();
        String list = texts.size() == 1 ? texts.getFirst() : texts.stream().collect(Collectors.joining(", ", "[", "]"));
        String qualified = group.isEmpty() ? kind : kind + "." + group;
        return new ApiException(
                422,
                "Invalid",
                qualified + " \"" + name + "\" is invalid" + (errors.isEmpty() ? "" : ": " + list),
                new Details(name, group, kind, "", causes, OptionalInt.empty()));
    }

    public static ApiException badRequest(String message) {
        return new ApiException(400, "BadRequest", message, Details.NONE);
    }

    public static ApiException unauthorized() {
        return new ApiException(401, "Unauthorized", "Unauthorized", Details.NONE);
    }

    public static ApiException methodNotSupported(GroupResource resource, String action) {
        return new ApiException(
                405,
                "MethodNotAllowed",
                action + " is not supported on resources of kind \"" + resource + "\"",
                Details.of(resource, ""));
    }

    public static ApiException gone(String message) {
        return new ApiException(410, "Expired", message, Details.NONE);
    }

    public static ApiException goneWithContinue(String message, String continueToken) {
        return new ApiException(410, "Expired", message, Details.NONE, continueToken);
    }

    public static ApiException notAcceptable(List<String> accepted) {
        return new ApiException(
                406,
                "NotAcceptable",
                "only the following media types are accepted: " + String.join(", ", accepted),
                Details.NONE);
    }

    public static ApiException unsupportedMediaType(List<String> accepted) {
        return new ApiException(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: "
                        + String.join(", ", accepted),
                Details.NONE);
    }

    public static ApiException requestEntityTooLarge(String message) {
        return new ApiException(413, "RequestEntityTooLarge", "Request entity too large: " + message, Details.NONE);
    }

    public static ApiException tooManyRequests(String message, int retryAfterSeconds) {
        return new ApiException(
                429,
                "TooManyRequests",
                message,
                new Details("", "", "", "", List.of(), OptionalInt.of(retryAfterSeconds)));
    }

    public static ApiException timeout(String message, int retryAfterSeconds) {
        return new ApiException(
                504,
                "Timeout",
                "Timeout: " + message,
                new Details("", "", "", "", List.of(), OptionalInt.of(retryAfterSeconds)));
    }

    public static ApiException serviceUnavailable(String message) {
        return new ApiException(503, "ServiceUnavailable", message, Details.NONE);
    }

    public static ApiException internal(String message) {
        return new ApiException(
                500,
                "InternalError",
                "Internal error occurred: " + message,
                new Details("", "", "", "", List.of(new Cause("", message, "")), OptionalInt.empty()));
    }
}
