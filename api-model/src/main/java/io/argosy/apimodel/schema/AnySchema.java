package io.argosy.apimodel.schema;

/**
 * Any JSON: {@code runtime.RawExtension}, {@code apiextensions JSON}, {@code FieldsV1} and
 * {@code x-kubernetes-preserve-unknown-fields} without further schema.
 *
 * @param form how it is written in protobuf
 */
public record AnySchema(Form form, Checks checks) implements Schema {

    /** The protobuf message that carries the JSON. */
    public enum Form {
        /** {@code runtime.RawExtension {raw = 1}}. */
        RAW_EXTENSION,
        /** {@code apiextensions.JSON {raw = 1}} and its like. */
        JSON,
        /** {@code meta.FieldsV1 {Raw = 1}}. */
        FIELDS_V1,
        /** Not written in protobuf: custom resources only. */
        NONE
    }
}
