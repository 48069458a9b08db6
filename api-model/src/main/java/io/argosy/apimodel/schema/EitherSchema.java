package io.argosy.apimodel.schema;

/**
 * One of two forms, told apart by the JSON type: the {@code JSONSchemaPropsOr...} types of CustomResourceDefinitions.
 *
 * @param plain the form that is not an object: boolean (protobuf field 1), or list (field 2)
 * @param object the form that is an object
 */
public record EitherSchema(Form form, Schema plain, ObjectSchemaReference object, Checks checks) implements Schema {

    /** Which field of the protobuf message carries which form. */
    public enum Form {
        /** {@code {allows = 1, schema = 2}}. */
        SCHEMA_OR_BOOLEAN(1, 2),
        /** {@code {schema = 1, jSONSchemas = 2}}. */
        SCHEMA_OR_SCHEMAS(2, 1),
        /** {@code {schema = 1, property = 2}}. */
        SCHEMA_OR_STRINGS(2, 1);

        private final int plainNumber;
        private final int objectNumber;

        Form(int plainNumber, int objectNumber) {
            this.plainNumber = plainNumber;
            this.objectNumber = objectNumber;
        }

        public int plainNumber() {
            return plainNumber;
        }

        public int objectNumber() {
            return objectNumber;
        }
    }

    /** The object's schema, resolved on first use. */
    @FunctionalInterface
    public interface ObjectSchemaReference {
        ObjectSchema get();
    }
}
