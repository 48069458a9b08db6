package io.argosy.apiserver.openapi;

import io.argosy.apimodel.schema.AnySchema;
import io.argosy.apimodel.schema.EitherSchema;
import io.argosy.apimodel.schema.ScalarSchema;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.Map;
import java.util.Optional;

/** Types that are no objects in JSON and yet have names in OpenAPI. */
final class SharedTypes {

    static final String PATCH = "io.k8s.apimachinery.pkg.apis.meta.v1.Patch";
    static final String WATCH_EVENT = "io.k8s.apimachinery.pkg.apis.meta.v1.WatchEvent";

    private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
    private static final String EXTENSIONS = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.";
    private static final String QUANTITY = "io.k8s.apimachinery.pkg.api.resource.Quantity";
    private static final String INT_OR_STRING = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";
    private static final String RAW_EXTENSION = "io.k8s.apimachinery.pkg.runtime.RawExtension";

    private static final Map<String, String> DESCRIPTIONS = Map.of(
            QUANTITY,
            "A number with an optional SI or binary suffix: 100m, 1.5, 2Gi.",
            INT_OR_STRING,
            "A number, or a text: the number or the name of a port, an amount or a percentage.",
            RAW_EXTENSION,
            "An object of any kind.",
            META + "Time",
            "A time of day and date, to the second, as RFC 3339 writes it.",
            META + "MicroTime",
            "A time of day and date, to the microsecond, as RFC 3339 writes it.",
            META + "Duration",
            "A length of time: 1h30m.",
            META + "FieldsV1",
            "The fields of an object that one manager set, as a tree of names.",
            PATCH,
            "A change to an object, in one of the patch formats.",
            EXTENSIONS + "JSON",
            "Any JSON value.");

    private SharedTypes() {}

    static Optional<String> name(ScalarSchema.Type type) {
        return switch (type) {
            case QUANTITY -> Optional.of(QUANTITY);
            case TIME -> Optional.of(META + "Time");
            case MICRO_TIME -> Optional.of(META + "MicroTime");
            case DURATION -> Optional.of(META + "Duration");
            case INT_OR_STRING -> Optional.of(INT_OR_STRING);
            case STRING, BOOLEAN, INT32, INT64, DOUBLE, BYTES -> Optional.empty();
        };
    }

    static Optional<String> name(AnySchema.Form form) {
        return switch (form) {
            case RAW_EXTENSION -> Optional.of(RAW_EXTENSION);
            case JSON -> Optional.of(EXTENSIONS + "JSON");
            case FIELDS_V1 -> Optional.of(META + "FieldsV1");
            case NONE -> Optional.empty();
        };
    }

    static String name(EitherSchema.Form form) {
        return EXTENSIONS
                + switch (form) {
                    case SCHEMA_OR_BOOLEAN -> "JSONSchemaPropsOrBool";
                    case SCHEMA_OR_SCHEMAS -> "JSONSchemaPropsOrArray";
                    case SCHEMA_OR_STRINGS -> "JSONSchemaPropsOrStringArray";
                };
    }

    /** The schema of one of these types; empty for others. */
    static Optional<ObjectValue> schema(String name, Dialect dialect) {
        if (name.startsWith(EXTENSIONS + "JSONSchemaPropsOr")) {
            return Optional.of(new ObjectValue().put("description", "A JSON schema, or a simpler form of one."));
        }
        String description = DESCRIPTIONS.get(name);
        return description == null
                ? Optional.empty()
                : Optional.of(form(name, dialect, new ObjectValue().put("description", description)));
    }

    private static ObjectValue form(String name, Dialect dialect, ObjectValue schema) {
        return switch (name) {
            case QUANTITY -> dialect == Dialect.V3 ? oneOf(schema, "string", "number") : schema.put("type", "string");
            case INT_OR_STRING -> {
                schema.put("format", "int-or-string");
                yield dialect == Dialect.V3 ? oneOf(schema, "integer", "string") : schema.put("type", "string");
            }
            case META + "Time", META + "MicroTime" ->
                schema.put("format", "date-time").put("type", "string");
            case META + "Duration" -> schema.put("type", "string");
            case EXTENSIONS + "JSON" -> schema;
            default -> schema.put("type", "object");
        };
    }

    private static ObjectValue oneOf(ObjectValue schema, String one, String other) {
        return schema.put(
                "oneOf", ArrayValue.of(new ObjectValue().put("type", one), new ObjectValue().put("type", other)));
    }
}
