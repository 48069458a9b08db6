package io.argosy.apiserver.crd.schema;

import io.argosy.apimodel.schema.AnySchema;
import io.argosy.apimodel.schema.Checks;
import io.argosy.apimodel.schema.Field;
import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.MapSchema;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.PatchStrategy;
import io.argosy.apimodel.schema.Presence;
import io.argosy.apimodel.schema.ScalarSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.schema.Types;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns {@code openAPIV3Schema} of a CustomResourceDefinition into the form that built-in types have.
 *
 * <p>Source: Kubernetes page "Extend the Kubernetes API with CustomResourceDefinitions", structural schemas.
 */
public final class StructuralSchemas {

    private static final Field.Facts NONE = new Field.Facts(() -> "", false, false, "");

    private StructuralSchemas() {}

    /** The schema of a custom resource's objects; without one given, everything is kept. */
    public static ObjectSchema root(Optional<ObjectValue> given) {
        ObjectValue schema = given.orElseGet(
                () -> new ObjectValue().put("type", "object").put("x-kubernetes-preserve-unknown-fields", true));
        return object(schema, true);
    }

    private static Schema of(ObjectValue schema) {
        if (schema.isTrue("x-kubernetes-int-or-string")) {
            return new ScalarSchema(ScalarSchema.Type.INT_OR_STRING, checks(schema));
        }
        return switch (schema.string("type").orElse("")) {
            case "object" -> objectOrMap(schema);
            case "array" -> list(schema);
            case "string" -> new ScalarSchema(ScalarSchema.Type.STRING, checks(schema));
            case "integer" -> new ScalarSchema(ScalarSchema.Type.INT64, checks(schema));
            case "number" -> new ScalarSchema(ScalarSchema.Type.DOUBLE, checks(schema));
            case "boolean" -> new ScalarSchema(ScalarSchema.Type.BOOLEAN, checks(schema));
            default -> new AnySchema(AnySchema.Form.NONE, checks(schema));
        };
    }

    private static boolean preserves(ObjectValue schema) {
        return schema.isTrue("x-kubernetes-preserve-unknown-fields");
    }

    private static Schema objectOrMap(ObjectValue schema) {
        Optional<Value> additional = schema.at("additionalProperties");
        boolean atomic = schema.string("x-kubernetes-map-type").orElse("").equals("atomic");
        if (additional.isPresent() && additional.get() instanceof ObjectValue values) {
            return new MapSchema(of(values), atomic, checks(schema));
        }
        if (schema.isTrue("additionalProperties")) {
            return new MapSchema(new AnySchema(AnySchema.Form.NONE, Checks.NONE), atomic, checks(schema));
        }
        return object(schema, schema.isTrue("x-kubernetes-embedded-resource"));
    }

    private static ObjectSchema object(ObjectValue schema, boolean resource) {
        List<String> required =
                schema.array("required").map(array -> array.strings().toList()).orElse(List.of());
        Map<String, Field> fields = new LinkedHashMap<>();
        if (resource) {
            fields.put("apiVersion", field("apiVersion", ScalarSchema.of(ScalarSchema.Type.STRING)));
            fields.put("kind", field("kind", ScalarSchema.of(ScalarSchema.Type.STRING)));
            fields.put("metadata", field("metadata", Types.byName("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta")));
        }
        schema.object("properties")
                .ifPresent(properties -> properties.fields().forEach((name, value) -> {
                    if (!fields.containsKey(name) && value instanceof ObjectValue property) {
                        Schema of = of(property);
                        fields.put(
                                name,
                                new Field(
                                        name,
                                        0,
                                        () -> of,
                                        Presence.OPTIONAL,
                                        required.contains(name),
                                        property.at("default").map(Value::copy),
                                        facts(property)));
                    }
                }));
        return new ObjectSchema(
                "",
                schema.string("description").orElse(""),
                new ArrayList<>(fields.values()),
                schema.string("x-kubernetes-map-type").orElse("").equals("atomic"),
                preserves(schema),
                resource,
                checks(schema));
    }

    private static Field field(String name, Schema schema) {
        return new Field(name, 0, () -> schema, Presence.OPTIONAL, false, Optional.empty(), NONE);
    }

    private static Field.Facts facts(ObjectValue property) {
        String description = property.string("description").orElse("");
        return new Field.Facts(() -> description, false, false, "");
    }

    private static Schema list(ObjectValue schema) {
        Schema element = schema.object("items")
                .map(StructuralSchemas::of)
                .orElseGet(() -> new AnySchema(AnySchema.Form.NONE, Checks.NONE));
        ListSchema.Type type = switch (schema.string("x-kubernetes-list-type").orElse("")) {
            case "set" -> ListSchema.Type.SET;
            case "map" -> ListSchema.Type.MAP;
            default -> ListSchema.Type.ATOMIC;
        };
        List<String> keys = schema.array("x-kubernetes-list-map-keys")
                .map(array -> array.strings().toList())
                .orElse(List.of());
        return new ListSchema(element, type, keys, PatchStrategy.REPLACE, checks(schema));
    }

    /** The value rules of one schema. */
    static Checks checks(ObjectValue schema) {
        return new Checks(
                schema.isTrue("nullable"),
                schema.array("enum").map(ArrayValue::items).map(List::copyOf).orElse(List.of()),
                schema.string("format").orElse(""),
                schema.string("pattern").orElse(""),
                Numbers.at(schema, "minimum"),
                Numbers.at(schema, "maximum"),
                schema.isTrue("exclusiveMinimum"),
                schema.isTrue("exclusiveMaximum"),
                Numbers.at(schema, "multipleOf"),
                Numbers.wholeAt(schema, "minLength"),
                Numbers.wholeAt(schema, "maxLength"),
                Numbers.wholeAt(schema, "minItems"),
                Numbers.wholeAt(schema, "maxItems"),
                Numbers.wholeAt(schema, "minProperties"),
                Numbers.wholeAt(schema, "maxProperties"),
                schema.isTrue("uniqueItems"),
                junctor(schema, "allOf"),
                junctor(schema, "anyOf"),
                junctor(schema, "oneOf"),
                schema.object("not").map(StructuralSchemas::checks),
                inner(schema),
                schema.array("required").map(array -> array.strings().toList()).orElse(List.of()),
                List.of());
    }

    private static List<Checks> junctor(ObjectValue schema, String name) {
        return schema.array(name).stream()
                .flatMap(ArrayValue::objects)
                .map(StructuralSchemas::checks)
                .toList();
    }

    private static Map<String, Checks> inner(ObjectValue schema) {
        Map<String, Checks> inner = new LinkedHashMap<>();
        if (schema.string("type").isEmpty()) {
            schema.object("properties")
                    .ifPresent(properties -> properties.fields().forEach((name, value) -> {
                        if (value instanceof ObjectValue property) {
                            inner.put(name, checks(property));
                        }
                    }));
        }
        return inner;
    }
}
