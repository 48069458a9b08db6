package io.argosy.apimodel.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Types whose JSON is not an object with the fields of their protobuf message. */
final class SpecialTypes {

    private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
    private static final String EXTENSIONS = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.";
    private static final String PROPS = EXTENSIONS + "JSONSchemaProps";

    private static final Map<String, Schema> TYPES = new HashMap<>();

    static {
        scalar("string", ScalarSchema.Type.STRING);
        scalar("bool", ScalarSchema.Type.BOOLEAN);
        scalar("int32", ScalarSchema.Type.INT32);
        scalar("int64", ScalarSchema.Type.INT64);
        scalar("double", ScalarSchema.Type.DOUBLE);
        scalar("bytes", ScalarSchema.Type.BYTES);
        scalar(META + "Time", ScalarSchema.Type.TIME);
        scalar(META + "MicroTime", ScalarSchema.Type.MICRO_TIME);
        scalar(META + "Duration", ScalarSchema.Type.DURATION);
        scalar("io.k8s.apimachinery.pkg.api.resource.Quantity", ScalarSchema.Type.QUANTITY);
        scalar("io.k8s.apimachinery.pkg.util.intstr.IntOrString", ScalarSchema.Type.INT_OR_STRING);
        any("io.k8s.apimachinery.pkg.runtime.RawExtension", AnySchema.Form.RAW_EXTENSION);
        any(META + "FieldsV1", AnySchema.Form.FIELDS_V1);
        any(EXTENSIONS + "JSON", AnySchema.Form.JSON);
        Supplier<Schema> props = () -> Types.byName(PROPS);
        EitherSchema.ObjectSchemaReference object = () -> Types.byName(PROPS);
        TYPES.put(
                PROPS + "OrBool",
                new EitherSchema(
                        EitherSchema.Form.SCHEMA_OR_BOOLEAN,
                        ScalarSchema.of(ScalarSchema.Type.BOOLEAN),
                        object,
                        Checks.NONE));
        TYPES.put(
                PROPS + "OrArray",
                new EitherSchema(EitherSchema.Form.SCHEMA_OR_SCHEMAS, atomicList(props), object, Checks.NONE));
        TYPES.put(
                PROPS + "OrStringArray",
                new EitherSchema(
                        EitherSchema.Form.SCHEMA_OR_STRINGS,
                        atomicList(() -> ScalarSchema.of(ScalarSchema.Type.STRING)),
                        object,
                        Checks.NONE));
    }

    private SpecialTypes() {}

    private static void scalar(String name, ScalarSchema.Type type) {
        TYPES.put(name, ScalarSchema.of(type));
    }

    private static void any(String name, AnySchema.Form form) {
        TYPES.put(name, new AnySchema(form, Checks.NONE));
    }

    private static ListSchema atomicList(Supplier<Schema> element) {
        return new ListSchema(element, ListSchema.Type.ATOMIC, List.of(), PatchStrategy.REPLACE, false, Checks.NONE);
    }

    static Optional<Schema> find(String name) {
        return Optional.ofNullable(TYPES.get(name));
    }
}
