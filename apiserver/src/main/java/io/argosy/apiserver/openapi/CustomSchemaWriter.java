package io.argosy.apiserver.openapi;

import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.schema.Field;
import io.argosy.apimodel.schema.Types;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.BooleanValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes the schemas of custom resources as their authors declared them, with the fields that all objects have. What the
 * clients of OpenAPI 2 cannot read (null, alternatives, what is known of free-form values) is left out there.
 *
 * @param referenced is told each type that a schema refers to
 */
record CustomSchemaWriter(Dialect dialect, Consumer<String> referenced) {

    private static final String OBJECT_META = Kinds.META + "ObjectMeta";
    private static final String LIST_META = Kinds.META + "ListMeta";
    private static final String CONVENTIONS =
            "https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md";
    private static final String META_DESCRIPTION =
            "Standard object's metadata. More info: " + CONVENTIONS + "#metadata";

    private static final String PRESERVE = "x-kubernetes-preserve-unknown-fields";
    private static final String EMBEDDED = "x-kubernetes-embedded-resource";
    private static final String INT_OR_STRING = "x-kubernetes-int-or-string";

    /** Copied as they are, unless false or empty. */
    private static final List<String> PLAIN = List.of(
            "description",
            "type",
            "nullable",
            "title",
            "externalDocs",
            "example",
            "format",
            "maximum",
            "exclusiveMaximum",
            "minimum",
            "exclusiveMinimum",
            "maxLength",
            "minLength",
            "pattern",
            "maxItems",
            "minItems",
            "uniqueItems",
            "multipleOf",
            "enum",
            "maxProperties",
            "minProperties",
            "required",
            PRESERVE,
            EMBEDDED,
            INT_OR_STRING,
            "x-kubernetes-list-map-keys",
            "x-kubernetes-list-type",
            "x-kubernetes-map-type",
            "x-kubernetes-validations");

    private static final List<String> ALTERNATIVES = List.of("allOf", "anyOf", "oneOf");

    /** A whole object of a custom resource. */
    ObjectValue root(Optional<ObjectValue> declared) {
        boolean open = declared.map(schema -> schema.isTrue(PRESERVE)).orElse(false);
        if (declared.isEmpty() || (dialect == Dialect.V2 && open)) {
            return new ObjectValue().put("type", "object");
        }
        ObjectValue written = node(declared.get());
        ObjectValue properties = written.objectOrNew("properties");
        properties.put("apiVersion", ofEveryKind("apiVersion"));
        properties.put("kind", ofEveryKind("kind"));
        properties.put("metadata", described(OBJECT_META, META_DESCRIPTION));
        return written;
    }

    /** A list of such objects. */
    ObjectValue list(String itemType, ResourceDefinition resource) {
        referenced.accept(itemType);
        ObjectValue items = new ObjectValue()
                .put("description", "List of " + resource.names().plural() + ". More info: " + CONVENTIONS)
                .put("items", dialect.reference(itemType))
                .put("type", "array");
        ObjectValue properties = new ObjectValue()
                .put("apiVersion", ofEveryKind("apiVersion"))
                .put("items", items)
                .put("kind", ofEveryKind("kind"))
                .put(
                        "metadata",
                        described(LIST_META, "Standard list metadata. More info: " + CONVENTIONS + "#types-kinds"));
        return new ObjectValue()
                .put(
                        "description",
                        resource.names().listKind() + " is a list of "
                                + resource.names().kind())
                .put("type", "object")
                .put("required", ArrayValue.ofStrings(List.of("items")))
                .put("properties", properties);
    }

    private static ObjectValue ofEveryKind(String field) {
        String description = Types.byName("io.k8s.api.core.v1.ConfigMap")
                .field(field)
                .map(Field::description)
                .orElse("");
        return text(description);
    }

    private static ObjectValue text(String description) {
        return new ObjectValue().put("description", description).put("type", "string");
    }

    private ObjectValue described(String type, String description) {
        referenced.accept(type);
        ObjectValue reference = dialect.reference(type);
        return dialect == Dialect.V2
                ? reference.put("description", description)
                : new ObjectValue().put("description", description).put("allOf", ArrayValue.of(reference));
    }

    private ObjectValue node(ObjectValue schema) {
        ObjectValue written = new ObjectValue();
        for (String name : PLAIN) {
            schema.at(name).filter(CustomSchemaWriter::says).ifPresent(value -> written.put(name, value.copy()));
        }
        if (dialect == Dialect.V3) {
            schema.at("default").ifPresent(value -> written.put("default", value.copy()));
            putAlternatives(schema, written);
        }
        schema.object("items").ifPresent(items -> written.put("items", node(items)));
        schema.object("properties").ifPresent(fields -> {
            ObjectValue properties = written.objectOrNew("properties");
            fields.fields().forEach((name, field) -> {
                if (field instanceof ObjectValue declared) {
                    properties.put(name, node(declared));
                }
            });
        });
        schema.at("additionalProperties")
                .ifPresent(values -> written.put(
                        "additionalProperties", values instanceof ObjectValue declared ? node(declared) : values));
        if (dialect == Dialect.V2) {
            simplify(schema, written);
        }
        if (written.isTrue(EMBEDDED) && !(dialect == Dialect.V2 && written.isTrue(PRESERVE))) {
            embed(written);
        }
        return written;
    }

    private static boolean says(Value value) {
        return switch (value) {
            case BooleanValue truth -> truth.value();
            case StringValue text -> !text.value().isEmpty();
            case ArrayValue array -> !array.isEmpty();
            default -> true;
        };
    }

    private static void putAlternatives(ObjectValue schema, ObjectValue written) {
        for (String name : ALTERNATIVES) {
            schema.array(name).filter(CustomSchemaWriter::says).ifPresent(array -> written.put(name, array.copy()));
        }
        schema.at("not").ifPresent(not -> written.put("not", not.copy()));
        if (written.isTrue(INT_OR_STRING)) {
            sayIntOrString(written);
        }
    }

    /** Numbers and texts are told as two alternatives too, for clients that do not know the extension. */
    private static void sayIntOrString(ObjectValue written) {
        ArrayValue both =
                ArrayValue.of(new ObjectValue().put("type", "integer"), new ObjectValue().put("type", "string"));
        boolean saidInAll = written.array("allOf").stream()
                .flatMap(ArrayValue::objects)
                .limit(1)
                .anyMatch(first -> first.array("anyOf").equals(Optional.of(both)));
        if (saidInAll || written.array("anyOf").equals(Optional.of(both))) {
            return;
        }
        if (!written.has("anyOf")) {
            written.put("anyOf", both);
            return;
        }
        ArrayValue all = ArrayValue.of(new ObjectValue().put("anyOf", both));
        written.array("allOf").ifPresent(array -> array.forEach(all::add));
        written.put("allOf", all);
    }

    /** Clients of OpenAPI 2 take what is told of null and of free-form values for more than it is. */
    private static void simplify(ObjectValue schema, ObjectValue written) {
        boolean open = written.isTrue(PRESERVE);
        boolean nullable = schema.isTrue("nullable");
        written.remove("nullable");
        if (nullable || open) {
            written.remove("items");
            written.remove("properties");
        }
        String type = written.string("type").orElse("");
        boolean listOfAnything = type.equals("array") && !written.has("items");
        if (nullable || listOfAnything || (open && type.equals("object"))) {
            written.remove("type");
        }
        dropRequired(schema, written);
    }

    private static void dropRequired(ObjectValue schema, ObjectValue written) {
        if (schema.object("additionalProperties")
                .map(values -> values.isTrue("nullable"))
                .orElse(false)) {
            written.remove("required");
        }
        boolean untold = !written.has("properties");
        List<String> required = new ArrayList<>(
                written.array("required").map(names -> names.strings().toList()).orElse(List.of()));
        boolean dropped = !untold
                && required.removeIf(name -> schema.object("properties", name)
                        .map(field -> field.isTrue("nullable"))
                        .orElse(false));
        if (dropped) {
            written.remove("required");
            if (!required.isEmpty()) {
                written.put("required", ArrayValue.ofStrings(required));
            }
        }
    }

    private void embed(ObjectValue written) {
        ObjectValue properties = written.objectOrNew("properties");
        properties.put(
                "apiVersion",
                text("apiVersion defines the versioned schema of this representation of an object. More info: "
                        + CONVENTIONS + "#resources"));
        properties.put(
                "kind",
                text("kind is a string value representing the type of this object. In CamelCase. More info: "
                        + CONVENTIONS + "#types-kinds"));
        properties.put("metadata", described(OBJECT_META, META_DESCRIPTION));
        List<String> required = new ArrayList<>(
                written.array("required").map(names -> names.strings().toList()).orElse(List.of()));
        for (String name : List.of("kind", "apiVersion")) {
            if (!required.contains(name)) {
                required.add(name);
            }
        }
        written.put("required", ArrayValue.ofStrings(required));
    }
}
