package io.argosy.apiserver.registry.lifecycle;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.Optional;

/** Comparing and keeping parts of objects. */
public final class Trees {

    private Trees() {}

    /** Whether two values say the same: absent, null and empty are alike, as in Go's API types. */
    public static boolean same(Optional<? extends Value> first, Optional<? extends Value> second) {
        if (empty(first)) {
            return empty(second);
        }
        return !empty(second) && same(first.get(), second.get());
    }

    private static boolean empty(Optional<? extends Value> value) {
        return value.isEmpty() || empty(value.get());
    }

    private static boolean empty(Value value) {
        return switch (value) {
            case NullValue _ -> true;
            case ObjectValue object -> object.isEmpty();
            case ArrayValue array -> array.isEmpty();
            default -> false;
        };
    }

    public static boolean same(Value first, Value second) {
        if (first instanceof ObjectValue a && second instanceof ObjectValue b) {
            return covers(a, b) && covers(b, a);
        }
        if (first instanceof ArrayValue a && second instanceof ArrayValue b) {
            if (a.size() != b.size()) {
                return false;
            }
            for (int i = 0; i < a.size(); i++) {
                if (!same(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return first.equals(second) || (empty(first) && empty(second));
    }

    private static boolean covers(ObjectValue all, ObjectValue other) {
        for (String name : all.names()) {
            if (!same(all.at(name), other.at(name))) {
                return false;
            }
        }
        return true;
    }

    /** Puts a field as {@code old} has it, or takes it away when {@code old} has none. */
    public static void keep(ObjectValue object, ObjectValue old, String field) {
        Optional<Value> kept = old.at(field);
        if (kept.isPresent()) {
            object.put(field, kept.get().copy());
        } else {
            object.remove(field);
        }
    }

    /** {@link #keep} for a field of the metadata. */
    public static void keepMetadata(ObjectValue object, ObjectValue old, String field) {
        keep(object.objectOrNew("metadata"), old.object("metadata").orElseGet(ObjectValue::new), field);
    }
}
