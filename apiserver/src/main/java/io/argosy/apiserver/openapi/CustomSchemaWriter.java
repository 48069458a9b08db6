package io.argosy.apiserver.openapi;

import io.argosy.apimodel.schema.AnySchema;
import io.argosy.apimodel.schema.Checks;
import io.argosy.apimodel.schema.EitherSchema;
import io.argosy.apimodel.schema.Field;
import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.MapSchema;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.ScalarSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.schema.Types;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Writes the schemas of custom resources, inline but for the metadata. What OpenAPI 2 cannot say (null, alternatives) is
 * left out there.
 */
record CustomSchemaWriter(Dialect dialect, Consumer<String> referenced) {

    private static final String OBJECT_META = Kinds.META + "ObjectMeta";
    private static final String LIST_META = Kinds.META + "ListMeta";
    private static final List<String> STANDARD = List.of("apiVersion", "kind", "metadata");

    /** A whole object of a custom resource. */
    ObjectValue root(ObjectSchema schema) {
        ObjectValue written = object(schema);
        ObjectValue properties = new ObjectValue();
        putStandard(properties, OBJECT_META);
        written.object("properties")
                .ifPresent(own -> own.fields().forEach((name, value) -> {
                    if (!STANDARD.contains(name)) {
                        properties.put(name, value);
                    }
                }));
        return written.put("properties", properties);
    }

    /** A list of such objects. */
    ObjectValue list(String itemType, String kind) {
        ObjectValue properties = new ObjectValue();
        putStandard(properties, LIST_META);
        referenced.accept(itemType);
        properties.put(
                "items",
                new ObjectValue()
                        .put("description", "List of " + kind + " objects.")
                        .put("items", dialect.reference(itemType))
                        .put("type", "array"));
        return new ObjectValue()
                .put("description", kind + "List is a list of " + kind)
                .put("required", ArrayValue.ofStrings(List.of("items")))
                .put("type", "object")
                .put("properties", properties);
    }

    private void putStandard(ObjectValue properties, String metadata) {
        ObjectSchema pod = Types.byName("io.k8s.api.core.v1.ConfigMap");
        for (String name : List.of("apiVersion", "kind")) {
            properties.put(
                    name,
                    new ObjectValue()
                            .put(
                                    "description",
                                    pod.field(name).map(Field::description).orElse(""))
                            .put("type", "string"));
        }
        referenced.accept(metadata);
        properties.put("metadata", dialect.reference(metadata));
    }

    private ObjectValue value(Schema schema) {
        ObjectValue written = switch (schema) {
            case ObjectSchema object -> object(object);
            case ListSchema list -> list(list);
            case MapSchema map ->
                new ObjectValue().put("type", "object").put("additionalProperties", value(map.values()));
            case ScalarSchema scalar -> scalar(scalar.type());
            case AnySchema _ -> new ObjectValue().put("x-kubernetes-preserve-unknown-fields", true);
            case EitherSchema either -> value(either.plain());
        };
        return schema instanceof ObjectSchema ? written : checked(written, schema.checks());
    }

    private ObjectValue object(ObjectSchema schema) {
        ObjectValue written = new ObjectValue();
        if (!schema.description().isEmpty()) {
            written.put("description", schema.description());
        }
        written.put("type", "object");
        ObjectValue properties = new ObjectValue();
        for (Field field : schema.fields()) {
            properties.put(field.name(), property(field));
        }
        if (!properties.isEmpty()) {
            written.put("properties", properties);
        }
        List<String> required = schema.fields().stream()
                .filter(Field::required)
                .map(Field::name)
                .toList();
        if (!required.isEmpty()) {
            written.put("required", ArrayValue.ofStrings(required));
        }
        if (schema.atomic()) {
            written.put("x-kubernetes-map-type", "atomic");
        }
        if (schema.preservesUnknown()) {
            written.put("x-kubernetes-preserve-unknown-fields", true);
        }
        if (schema.embedsResource()) {
            written.put("x-kubernetes-embedded-resource", true);
        }
        return checked(written, schema.checks());
    }

    private ObjectValue property(Field field) {
        ObjectValue written = value(field.schema());
        if (!field.description().isEmpty()) {
            written.put("description", field.description());
        }
        field.defaultValue().ifPresent(value -> written.put("default", value.copy()));
        return written;
    }

    private ObjectValue list(ListSchema list) {
        ObjectValue written = new ObjectValue().put("type", "array").put("items", value(list.element()));
        if (list.type() != ListSchema.Type.ATOMIC) {
            written.put("x-kubernetes-list-type", list.type().name().toLowerCase(Locale.ROOT));
        }
        if (!list.mapKeys().isEmpty()) {
            written.put("x-kubernetes-list-map-keys", ArrayValue.ofStrings(list.mapKeys()));
        }
        return written;
    }

    private static ObjectValue scalar(ScalarSchema.Type type) {
        return switch (type) {
            case BOOLEAN -> new ObjectValue().put("type", "boolean");
            case INT32, INT64 -> new ObjectValue().put("type", "integer");
            case DOUBLE -> new ObjectValue().put("type", "number");
            case INT_OR_STRING -> new ObjectValue().put("x-kubernetes-int-or-string", true);
            default -> new ObjectValue().put("type", "string");
        };
    }

    private ObjectValue checked(ObjectValue written, Checks checks) {
        if (!checks.enumeration().isEmpty()) {
            written.put("enum", new ArrayValue(checks.enumeration()));
        }
        putText(written, "format", checks.format());
        putText(written, "pattern", checks.pattern());
        putNumber(written, "minimum", checks.minimum());
        putNumber(written, "maximum", checks.maximum());
        putNumber(written, "multipleOf", checks.multipleOf());
        putTrue(written, "exclusiveMinimum", checks.exclusiveMinimum());
        putTrue(written, "exclusiveMaximum", checks.exclusiveMaximum());
        putTrue(written, "uniqueItems", checks.uniqueItems());
        putLength(written, "minLength", checks.minLength());
        putLength(written, "maxLength", checks.maxLength());
        putLength(written, "minItems", checks.minItems());
        putLength(written, "maxItems", checks.maxItems());
        putLength(written, "minProperties", checks.minProperties());
        putLength(written, "maxProperties", checks.maxProperties());
        if (dialect == Dialect.V3) {
            putAlternatives(written, checks);
        }
        if (!checks.rules().isEmpty()) {
            written.put(
                    "x-kubernetes-validations",
                    new ArrayValue(checks.rules().stream()
                            .map(CustomSchemaWriter::rule)
                            .toList()));
        }
        return written;
    }

    private void putAlternatives(ObjectValue written, Checks checks) {
        putTrue(written, "nullable", checks.nullable());
        putJunctor(written, "allOf", checks.allOf());
        putJunctor(written, "anyOf", checks.anyOf());
        putJunctor(written, "oneOf", checks.oneOf());
        checks.not().ifPresent(not -> written.put("not", junctorItem(not)));
    }

    private void putJunctor(ObjectValue written, String name, List<Checks> items) {
        if (!items.isEmpty()) {
            written.put(
                    name, new ArrayValue(items.stream().map(this::junctorItem).toList()));
        }
    }

    private ObjectValue junctorItem(Checks checks) {
        ObjectValue item = checked(new ObjectValue(), checks);
        if (!checks.required().isEmpty()) {
            item.put("required", ArrayValue.ofStrings(checks.required()));
        }
        if (!checks.properties().isEmpty()) {
            ObjectValue properties = new ObjectValue();
            checks.properties().forEach((name, of) -> properties.put(name, junctorItem(of)));
            item.put("properties", properties);
        }
        return item;
    }

    private static ObjectValue rule(Checks.Rule rule) {
        ObjectValue written = new ObjectValue().put("rule", rule.rule());
        putText(written, "message", rule.message());
        putText(written, "messageExpression", rule.messageExpression());
        putText(written, "reason", rule.reason());
        putText(written, "fieldPath", rule.fieldPath());
        putTrue(written, "optionalOldSelf", rule.optionalOldSelf());
        return written;
    }

    private static void putText(ObjectValue written, String name, String text) {
        if (!text.isEmpty()) {
            written.put(name, text);
        }
    }

    private static void putTrue(ObjectValue written, String name, boolean truth) {
        if (truth) {
            written.put(name, true);
        }
    }

    private static void putLength(ObjectValue written, String name, OptionalLong length) {
        length.ifPresent(number -> written.put(name, number));
    }

    private static void putNumber(ObjectValue written, String name, OptionalDouble number) {
        number.ifPresent(
                value -> written.put(name, value == Math.rint(value) ? Value.of((long) value) : Value.of(value)));
    }
}
