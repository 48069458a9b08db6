package io.argosy.apiserver.apply;

import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes paths out of an object. */
final class Removal {

    private Removal() {}

    static ObjectValue remove(ObjectValue object, FieldSet paths, Schema schema) {
        return value(object, paths, schema)
                .filter(ObjectValue.class::isInstance)
                .map(ObjectValue.class::cast)
                .orElseGet(ObjectValue::new);
    }

    /** Empty when nothing of the value is left. */
    private static Optional<Value> value(Value value, FieldSet paths, @Nullable Schema schema) {
        if (Shapes.atomic(schema, value) || Shapes.empty(value)) {
            return Optional.of(value.copy());
        }
        return switch (value) {
            case ObjectValue object -> fields(object, paths, schema);
            case ArrayValue array when schema instanceof ListSchema list -> items(array, paths, list);
            default -> Optional.of(value.copy());
        };
    }

    private static Optional<Value> fields(ObjectValue object, FieldSet paths, @Nullable Schema schema) {
        ObjectValue kept = new ObjectValue();
        for (Map.Entry<String, Value> field : object.fields().entrySet()) {
            PathElement element = new PathElement.Name(field.getKey());
            if (paths.has(element)) {
                continue;
            }
            child(field.getValue(), paths.below(element), Shapes.below(schema, element))
                    .ifPresent(value -> kept.put(field.getKey(), value));
        }
        return kept.isEmpty() ? Optional.empty() : Optional.of(kept);
    }

    private static Optional<Value> items(ArrayValue array, FieldSet paths, ListSchema list) {
        ArrayValue kept = new ArrayValue();
        for (Value item : array) {
            PathElement element = Shapes.element(list, item);
            if (paths.has(element)) {
                continue;
            }
            child(item, paths.below(element), list.element()).ifPresent(kept::add);
        }
        return kept.isEmpty() ? Optional.empty() : Optional.of(kept);
    }

    private static Optional<Value> child(Value value, FieldSet below, @Nullable Schema schema) {
        return below.isEmpty() ? Optional.of(value.copy()) : value(value, below, schema);
    }
}
