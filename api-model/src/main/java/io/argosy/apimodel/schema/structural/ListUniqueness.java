package io.argosy.apimodel.schema.structural;

import io.argosy.apimodel.schema.Field;
import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.MapSchema;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Items of sets and of keyed lists must not stand twice. */
final class ListUniqueness {

    private final List<FieldError> errors = new ArrayList<>();

    private ListUniqueness() {}

    static List<FieldError> validate(ObjectValue object, ObjectSchema schema) {
        ListUniqueness validation = new ListUniqueness();
        validation.value(object, schema, FieldPath.ROOT);
        return validation.errors;
    }

    private void value(Value value, Schema schema, FieldPath path) {
        switch (schema) {
            case ObjectSchema fields
            when value instanceof ObjectValue object && fields.name().isEmpty() -> {
                for (Field field : fields.fields()) {
                    Value there = object.fields().get(field.name());
                    if (there != null) {
                        value(there, field.schema(), path.child(field.name()));
                    }
                }
            }
            case MapSchema map
            when value instanceof ObjectValue object ->
                object.fields().forEach((key, item) -> value(item, map.values(), path.key(key)));
            case ListSchema list
            when value instanceof ArrayValue array -> {
                switch (list.type()) {
                    case SET -> twice(array.items(), path);
                    case MAP -> keyed(array, list.mapKeys(), path);
                    case ATOMIC -> {}
                }
                for (int i = 0; i < array.size(); i++) {
                    value(array.get(i), list.element(), path.index(i));
                }
            }
            default -> {}
        }
    }

    private void keyed(ArrayValue array, List<String> keys, FieldPath path) {
        List<Value> found = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            Value item = array.get(i);
            ObjectValue key = new ObjectValue();
            if (item instanceof ObjectValue object) {
                keys.stream().sorted().forEach(name -> object.at(name).ifPresent(value -> key.put(name, value)));
            } else if (item != NullValue.NULL) {
                errors.add(FieldError.invalid(path.index(i), item, "must be an object for an array of list-type map"));
                return;
            }
            found.add(key);
        }
        twice(found, path);
    }

    /** Tells of each value once, at its second place. */
    private void twice(List<Value> items, FieldPath path) {
        Map<Value, Integer> times = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            if (times.merge(items.get(i), 1, Integer::sum) == 2) {
                errors.add(FieldError.duplicate(path.index(i), items.get(i)));
            }
        }
    }
}
