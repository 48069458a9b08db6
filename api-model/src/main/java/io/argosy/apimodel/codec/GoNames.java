package io.argosy.apimodel.codec;

import io.argosy.apimodel.schema.AnySchema;
import io.argosy.apimodel.schema.EitherSchema;
import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.MapSchema;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.ScalarSchema;
import io.argosy.apimodel.schema.Schema;

/** What Kubernetes calls a type in the messages of its decoder: {@code int32}, {@code []v1.Container}. */
final class GoNames {

    private GoNames() {}

    static String of(Schema schema) {
        return switch (schema) {
            case ScalarSchema scalar ->
                switch (scalar.type()) {
                    case STRING -> "string";
                    case BOOLEAN -> "bool";
                    case INT32 -> "int32";
                    case INT64 -> "int64";
                    case DOUBLE -> "float64";
                    case BYTES -> "[]uint8";
                    case QUANTITY -> "resource.Quantity";
                    case TIME -> "v1.Time";
                    case MICRO_TIME -> "v1.MicroTime";
                    case DURATION -> "v1.Duration";
                    case INT_OR_STRING -> "intstr.IntOrString";
                };
            case ListSchema list -> "[]" + of(list.element());
            case MapSchema map -> "map[string]" + of(map.values());
            case ObjectSchema object -> qualified(object.name());
            case AnySchema any ->
                switch (any.form()) {
                    case RAW_EXTENSION -> "runtime.RawExtension";
                    case FIELDS_V1 -> "v1.FieldsV1";
                    case JSON, NONE -> "v1.JSON";
                };
            case EitherSchema _ -> "v1.JSONSchemaPropsOrBool";
        };
    }

    /** {@code v1.PodSpec} of {@code io.k8s.api.core.v1.PodSpec}. */
    private static String qualified(String name) {
        int version = name.lastIndexOf('.', Math.max(0, name.lastIndexOf('.') - 1));
        return name.substring(version + 1);
    }

    /** {@code PodSpec} of {@code io.k8s.api.core.v1.PodSpec}. */
    static String simple(ObjectSchema schema) {
        return schema.name().substring(schema.name().lastIndexOf('.') + 1);
    }
}
