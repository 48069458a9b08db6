package io.argosy.apiserver.apply;

import io.argosy.apimodel.schema.Field;
import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.MapSchema;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How values of a schema are merged: as one, by field, or by item. Without a schema: objects by field, lists as one. */
final class Shapes {

    private Shapes() {}

    /** Whether a value is owned as a whole. */
    static boolean atomic(@Nullable Schema schema, Value value) {
        return switch (value) {
            case ObjectValue _ ->
                switch (schema) {
                    case null -> false;
                    case ObjectSchema object -> object.atomic();
                    case MapSchema map -> map.atomic();
                    case Schema other -> isAtomicAny(other);
                };
            case ArrayValue _ -> !(schema instanceof ListSchema list) || list.type() == ListSchema.Type.ATOMIC;
            default -> true;
        };
    }

    /** Values without a schema of their own: raw extensions are merged by field. */
    private static boolean isAtomicAny(Schema schema) {
        return !(schema instanceof io.argosy.apimodel.schema.AnySchema);
    }

    /** The schema one step down; null when none is known. */
    static @Nullable Schema below(@Nullable Schema schema, PathElement element) {
        return switch (schema) {
            case ObjectSchema object
            when element instanceof PathElement.Name(String name) ->
                object.field(name).map(Field::schema).orElse(null);
            case MapSchema map when element instanceof PathElement.Name -> map.values();
            case ListSchema list -> list.element();
            case null, default -> null;
        };
    }

    /** Whether a step is a field that the type declares. */
    static boolean knows(@Nullable Schema schema, PathElement element) {
        return schema instanceof ObjectSchema object
                && element instanceof PathElement.Name(String name)
                && object.field(name).isPresent();
    }

    /** What names an item of a list that is merged by item. */
    static PathElement element(ListSchema list, Value item) {
        if (list.type() == ListSchema.Type.SET) {
            return new PathElement.Member(item);
        }
        TreeMap<String, Value> keys = new TreeMap<>();
        if (item instanceof ObjectValue object) {
            for (String key : list.mapKeys()) {
                object.at(key)
                        .or(() -> list.element() instanceof ObjectSchema type
                                ? type.field(key).flatMap(Field::defaultValue)
                                : java.util.Optional.empty())
                        .ifPresent(value -> keys.put(key, value));
            }
        }
        return new PathElement.Keys(keys);
    }

    /** The items of a list by what names them; several with one name come as a list of them. */
    static Map<PathElement, ArrayValue> items(ListSchema list, @Nullable Value value) {
        Map<PathElement, ArrayValue> items = new java.util.LinkedHashMap<>();
        if (value instanceof ArrayValue array) {
            for (Value item : array) {
                items.computeIfAbsent(element(list, item), _ -> new ArrayValue())
                        .add(item);
            }
        }
        return items;
    }

    static boolean absent(@Nullable Value value) {
        return value == null || value == NullValue.NULL;
    }

    static boolean empty(@Nullable Value value) {
        return switch (value) {
            case null -> true;
            case NullValue _ -> true;
            case ObjectValue object -> object.isEmpty();
            case ArrayValue array -> array.isEmpty();
            default -> false;
        };
    }
}
