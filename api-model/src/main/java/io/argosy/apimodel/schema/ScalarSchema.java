package io.argosy.apimodel.schema;

/** A value without parts. */
public record ScalarSchema(Type type, Checks checks) implements Schema {

    /** How a scalar is written in JSON and in protobuf. */
    public enum Type {
        STRING,
        BOOLEAN,
        INT32,
        INT64,
        DOUBLE,
        /** Base64 in JSON, {@code bytes} in protobuf. */
        BYTES,
        /** {@code resource.Quantity}: a string in JSON, a message of one string in protobuf. */
        QUANTITY,
        /** {@code metav1.Time}: RFC 3339 with seconds in JSON, a timestamp message in protobuf. */
        TIME,
        /** {@code metav1.MicroTime}: RFC 3339 with microseconds. */
        MICRO_TIME,
        /** {@code metav1.Duration}: Go's text form in JSON, nanoseconds in protobuf. */
        DURATION,
        /** {@code intstr.IntOrString}. */
        INT_OR_STRING
    }

    public static ScalarSchema of(Type type) {
        return new ScalarSchema(type, Checks.NONE);
    }
}
