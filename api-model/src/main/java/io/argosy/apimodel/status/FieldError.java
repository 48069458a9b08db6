package io.argosy.apimodel.status;

import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.BooleanValue;
import io.argosy.apimodel.tree.DoubleValue;
import io.argosy.apimodel.tree.IntegerValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * One thing wrong with one field, in the words that Kubernetes uses for it.
 *
 * @param type what is wrong; its reason goes into {@code Status.details.causes[].reason}
 * @param path the field
 * @param message the text of the cause, without the path: {@code Required value: ...}
 */
public record FieldError(Type type, FieldPath path, String message) {

    /** The kinds of field errors, with the {@code CauseType} that clients match on. */
    public enum Type {
        REQUIRED("FieldValueRequired"),
        DUPLICATE("FieldValueDuplicate"),
        INVALID("FieldValueInvalid"),
        NOT_SUPPORTED("FieldValueNotSupported"),
        FORBIDDEN("FieldValueForbidden"),
        TOO_LONG("FieldValueTooLong"),
        TOO_MANY("FieldValueTooMany"),
        NOT_FOUND("FieldValueNotFound"),
        TYPE_INVALID("FieldValueTypeInvalid"),
        INTERNAL("InternalError");

        private final String reason;

        Type(String reason) {
            this.reason = reason;
        }

        public String reason() {
            return reason;
        }
    }

    public static FieldError required(FieldPath path, String detail) {
        return new FieldError(Type.REQUIRED, path, detail.isEmpty() ? "Required value" : "Required value: " + detail);
    }

    public static FieldError invalid(FieldPath path, Value value, String detail) {
        return new FieldError(Type.INVALID, path, "Invalid value: " + show(value) + ": " + detail);
    }

    public static FieldError invalid(FieldPath path, String value, String detail) {
        return invalid(path, Value.of(value), detail);
    }

    public static FieldError invalid(FieldPath path, long value, String detail) {
        return invalid(path, Value.of(value), detail);
    }

    /** Of a value about which nothing is said. */
    public static FieldError invalidValue(FieldPath path, Value value) {
        return new FieldError(Type.INVALID, path, "Invalid value: " + show(value));
    }

    /** Of a value that is not shown. */
    public static FieldError invalid(FieldPath path, String detail) {
        return new FieldError(Type.INVALID, path, "Invalid value: " + detail);
    }

    public static FieldError typeInvalid(FieldPath path, Value value, String detail) {
        return new FieldError(Type.TYPE_INVALID, path, "Invalid value: " + show(value) + ": " + detail);
    }

    public static FieldError duplicate(FieldPath path, Value value) {
        return new FieldError(Type.DUPLICATE, path, "Duplicate value: " + show(value));
    }

    /** {@code value} is shown with its fields in their order; {@code detail} may be empty. */
    public static FieldError duplicate(FieldPath path, ObjectValue value, String detail) {
        String shown = new String(JsonWriter.write(value), StandardCharsets.UTF_8);
        return new FieldError(
                Type.DUPLICATE, path, "Duplicate value: " + shown + (detail.isEmpty() ? "" : ": " + detail));
    }

    public static FieldError notFound(FieldPath path, Value value) {
        return new FieldError(Type.NOT_FOUND, path, "Not found: " + show(value));
    }

    /** {@code supported} is shown in the order given. */
    public static FieldError notSupported(FieldPath path, Value value, Collection<String> supported) {
        String known = supported.stream().map(Quoted::text).collect(Collectors.joining(", "));
        String message = "Unsupported value: " + show(value);
        return new FieldError(
                Type.NOT_SUPPORTED, path, known.isEmpty() ? message : message + ": supported values: " + known);
    }

    public static FieldError forbidden(FieldPath path, String detail) {
        return new FieldError(Type.FORBIDDEN, path, "Forbidden: " + detail);
    }

    public static FieldError tooLong(FieldPath path, int maximumBytes) {
        return new FieldError(Type.TOO_LONG, path, "Too long: may not be more than " + maximumBytes + " bytes");
    }

    public static FieldError tooMany(FieldPath path, int actual, int maximum) {
        return new FieldError(
                Type.TOO_MANY,
                path,
                "Too many: " + actual + ": must have at most " + maximum + (maximum == 1 ? " item" : " items"));
    }

    /** The error as it stands in the message of a Status: path, colon, message. */
    @Override
    public String toString() {
        return path + ": " + message;
    }

    private static String show(Value value) {
        return switch (value) {
            case StringValue text -> Quoted.text(text.value());
            case IntegerValue number -> Long.toString(number.value());
            case BooleanValue truth -> Boolean.toString(truth.value());
            case NullValue _ -> "null";
            case DoubleValue _, ObjectValue _, ArrayValue _ -> json(value);
        };
    }

    private static String json(Value value) {
        return new String(JsonWriter.writeSorted(value), StandardCharsets.UTF_8);
    }
}
