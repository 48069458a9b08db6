package io.argosy.apiserver.openapi;

import io.argosy.apimodel.definition.FieldFacts;
import io.argosy.apimodel.definition.TypeFacts;
import io.argosy.apimodel.schema.AnySchema;
import io.argosy.apimodel.schema.EitherSchema;
import io.argosy.apimodel.schema.Field;
import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.MapSchema;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.ScalarSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes built-in types as OpenAPI schemas, fields in the order of their names.
 *
 * @param referenced is told each type that a schema refers to
 */
record SchemaWriter(Dialect dialect, Consumer<String> referenced) {

    ObjectValue type(ObjectSchema type) {
        TypeFacts facts = TypeFacts.of(type.name());
        ObjectValue schema = new ObjectValue();
        if (!type.description().isEmpty()) {
            schema.put("description", type.description());
        }
        ObjectValue properties = new ObjectValue();
        type.fields().stream()
                .sorted((left, right) -> left.name().compareTo(right.name()))
                .forEach(field -> properties.put(field.name(), property(field, facts.field(field.name()))));
        if (!properties.isEmpty()) {
            schema.put("properties", properties);
        }
        List<String> required =
                type.fields().stream().filter(Field::required).map(Field::name).toList();
        if (!required.isEmpty()) {
            schema.put("required", ArrayValue.ofStrings(required));
        }
        schema.put("type", "object");
        if (facts.atomic()) {
            schema.put("x-kubernetes-map-type", "atomic");
        }
        facts.union().ifPresent(union -> schema.put("x-kubernetes-unions", ArrayValue.of(union(union))));
        return schema;
    }

    private static ObjectValue union(TypeFacts.Union union) {
        ObjectValue written = new ObjectValue();
        if (!union.discriminator().isEmpty()) {
            written.put("discriminator", union.discriminator());
        }
        ObjectValue fields = new ObjectValue();
        union.fields().forEach(name -> fields.put(name, Character.toUpperCase(name.charAt(0)) + name.substring(1)));
        return written.put("fields-to-discriminateBy", fields);
    }

    private ObjectValue property(Field field, FieldFacts facts) {
        ObjectValue property = value(field.schema());
        Optional<Value> told = told(field, facts);
        String description = field.description();
        if (property.has("$ref") && dialect == Dialect.V3 && (told.isPresent() || !description.isEmpty())) {
            property = new ObjectValue().put("allOf", ArrayValue.of(property));
        }
        if (!description.isEmpty()) {
            property.put("description", description);
        }
        if (dialect == Dialect.V3 && told.isPresent()) {
            property.put("default", told.get());
        }
        putExtensions(property, facts);
        return property;
    }

    /** The default that is told: of structs the empty one, of required scalars their zero. */
    private static Optional<Value> told(Field field, FieldFacts facts) {
        if (facts.published().isPresent()) {
            return facts.published();
        }
        if (facts.struct()) {
            return Optional.of(new ObjectValue());
        }
        boolean zero = field.required() && !facts.pointer();
        return zero && field.schema() instanceof ScalarSchema scalar ? zeroOf(scalar.type()) : Optional.empty();
    }

    private static Optional<Value> zeroOf(ScalarSchema.Type type) {
        return switch (type) {
            case STRING -> Optional.of(Value.of(""));
            case BOOLEAN -> Optional.of(Value.of(false));
            case INT32, INT64, DOUBLE -> Optional.of(Value.of(0));
            default -> Optional.empty();
        };
    }

    private static void putExtensions(ObjectValue property, FieldFacts facts) {
        if (!facts.mapKeys().isEmpty()) {
            property.put("x-kubernetes-list-map-keys", ArrayValue.ofStrings(facts.mapKeys()));
        }
        facts.listType()
                .ifPresent(type -> property.put(
                        "x-kubernetes-list-type",
                        switch (type) {
                            case ATOMIC -> "atomic";
                            case SET -> "set";
                            case MAP -> "map";
                        }));
        if (!facts.mapType().isEmpty()) {
            property.put("x-kubernetes-map-type", facts.mapType());
        }
        if (!facts.mergeKey().isEmpty()) {
            property.put("x-kubernetes-patch-merge-key", facts.mergeKey());
        }
        if (facts.merges() || facts.retainKeys()) {
            String merge = facts.merges() ? "merge" : "";
            String both = facts.merges() && facts.retainKeys() ? "," : "";
            property.put("x-kubernetes-patch-strategy", merge + both + (facts.retainKeys() ? "retainKeys" : ""));
        }
    }

    private ObjectValue value(Schema schema) {
        return switch (schema) {
            case ObjectSchema type -> reference(type.name());
            case ListSchema list ->
                new ObjectValue().put("items", value(list.element())).put("type", "array");
            case MapSchema map ->
                new ObjectValue()
                        .put("additionalProperties", value(map.values()))
                        .put("type", "object");
            case ScalarSchema scalar ->
                SharedTypes.name(scalar.type()).map(this::reference).orElseGet(() -> plain(scalar.type()));
            case AnySchema any ->
                SharedTypes.name(any.form()).map(this::reference).orElseGet(ObjectValue::new);
            case EitherSchema either -> reference(SharedTypes.name(either.form()));
        };
    }

    private ObjectValue reference(String name) {
        referenced.accept(name);
        return dialect.reference(name);
    }

    private static ObjectValue plain(ScalarSchema.Type type) {
        return switch (type) {
            case BOOLEAN -> new ObjectValue().put("type", "boolean");
            case INT32 -> new ObjectValue().put("format", "int32").put("type", "integer");
            case INT64 -> new ObjectValue().put("format", "int64").put("type", "integer");
            case DOUBLE -> new ObjectValue().put("format", "double").put("type", "number");
            case BYTES -> new ObjectValue().put("format", "byte").put("type", "string");
            default -> new ObjectValue().put("type", "string");
        };
    }
}
