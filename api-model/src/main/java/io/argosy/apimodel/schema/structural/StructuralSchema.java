package io.argosy.apimodel.schema.structural;

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
import io.argosy.apimodel.tree.BooleanValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Loads the {@code openAPIV3Schema} of a CustomResourceDefinition version. The schema must have passed the validation of
 * CustomResourceDefinitions: what is not structural is read as leniently as it can be.
 */
public final class StructuralSchema {

    private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";
    private static final String PRESERVE = "x-kubernetes-preserve-unknown-fields";

    private StructuralSchema() {}

    /** The schema of whole objects: with {@code kind}, {@code apiVersion} and {@code metadata} whether declared or not. */
    public static ObjectSchema load(ObjectValue openApi) {
        return object(openApi, true);
    }

    /** The schema for versions that declare none: everything is kept. */
    public static ObjectSchema preserveAll() {
        return object(new ObjectValue().put("type", "object").put(PRESERVE, true), true);
    }

    private static Schema schema(ObjectValue node, boolean preserveAround) {
        boolean preserves = preserveAround || node.isTrue(PRESERVE);
        if (node.isTrue("x-kubernetes-int-or-string")) {
            return new ScalarSchema(ScalarSchema.Type.INT_OR_STRING, ChecksLoader.load(node));
        }
        return switch (node.string("type").orElse("")) {
            case "object" -> objectOrMap(node);
            case "array" -> list(node, preserves);
            case "string" -> new ScalarSchema(ScalarSchema.Type.STRING, ChecksLoader.load(node));
            case "boolean" -> new ScalarSchema(ScalarSchema.Type.BOOLEAN, ChecksLoader.load(node));
            case "number" -> new ScalarSchema(ScalarSchema.Type.DOUBLE, ChecksLoader.load(node));
            case "integer" ->
                new ScalarSchema(
                        node.string("format").orElse("").equals("int32")
                                ? ScalarSchema.Type.INT32
                                : ScalarSchema.Type.INT64,
                        ChecksLoader.load(node));
            default ->
                node.has("properties")
                        ? object(node, false)
                        : new AnySchema(AnySchema.Form.NONE, ChecksLoader.load(node));
        };
    }

    private static Schema objectOrMap(ObjectValue node) {
        Optional<Value> additional = node.at("additionalProperties");
        if (node.has("properties") || additional.isEmpty()) {
            return object(node, false);
        }
        boolean atomic = node.string("x-kubernetes-map-type").orElse("").equals("atomic");
        return switch (additional.get()) {
            case ObjectValue values -> {
                Schema loaded = schema(values, false);
                yield new MapSchema(loaded, atomic, ChecksLoader.load(node));
            }
            case BooleanValue allowed
            when allowed.value() ->
                new MapSchema(new AnySchema(AnySchema.Form.NONE, Checks.NONE), atomic, ChecksLoader.load(node));
            default -> object(node, false);
        };
    }

    private static ListSchema list(ObjectValue node, boolean preserves) {
        ObjectValue items = node.object("items").orElseGet(ObjectValue::new);
        if (preserves && items.string("type").orElse("").equals("object")) {
            items = items.copy().put(PRESERVE, true);
        }
        Schema element = schema(items, preserves);
        ListSchema.Type type = switch (node.string("x-kubernetes-list-type").orElse("")) {
            case "set" -> ListSchema.Type.SET;
            case "map" -> ListSchema.Type.MAP;
            default -> ListSchema.Type.ATOMIC;
        };
        List<String> keys = node.array("x-kubernetes-list-map-keys")
                .map(array -> array.strings().toList())
                .orElse(List.of());
        return new ListSchema(element, type, keys, PatchStrategy.REPLACE, ChecksLoader.load(node));
    }

    private static ObjectSchema object(ObjectValue node, boolean root) {
        boolean embeds = root || node.isTrue("x-kubernetes-embedded-resource");
        List<String> required = node.array("required")
                .map(ArrayValue::strings)
                .map(names -> names.toList())
                .orElse(List.of());
        List<Field> fields = new ArrayList<>();
        if (embeds) {
            fields.add(field("kind", ScalarSchema.of(ScalarSchema.Type.STRING), false, Optional.empty(), ""));
            fields.add(field("apiVersion", ScalarSchema.of(ScalarSchema.Type.STRING), false, Optional.empty(), ""));
            fields.add(field("metadata", Types.byName(META), false, Optional.empty(), ""));
        }
        for (Map.Entry<String, Value> property :
                node.object("properties").orElseGet(ObjectValue::new).fields().entrySet()) {
            boolean given = embeds && List.of("kind", "apiVersion", "metadata").contains(property.getKey());
            if (!given && property.getValue() instanceof ObjectValue declared) {
                fields.add(field(
                        property.getKey(),
                        schema(declared, false),
                        required.contains(property.getKey()),
                        declared.at("default").map(Value::copy),
                        declared.string("description").orElse("")));
            }
        }
        return new ObjectSchema(
                "",
                node.string("description").orElse(""),
                fields,
                node.string("x-kubernetes-map-type").orElse("").equals("atomic"),
                node.isTrue(PRESERVE),
                embeds,
                ChecksLoader.load(node));
    }

    private static Field field(
            String name, Schema schema, boolean required, Optional<Value> defaultValue, String description) {
        return new Field(
                name,
                0,
                () -> schema,
                Presence.OPTIONAL,
                required,
                defaultValue,
                new Field.Facts(() -> description, false, false, ""));
    }
}
