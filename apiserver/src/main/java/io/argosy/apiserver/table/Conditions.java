package io.argosy.apiserver.table;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import java.util.Optional;

/** The conditions in an object's status. */
final class Conditions {

    private Conditions() {}

    static List<ObjectValue> of(ObjectValue object) {
        return object.array("status", "conditions").stream()
                .flatMap(ArrayValue::objects)
                .toList();
    }

    /** The first one of a type. */
    static Optional<ObjectValue> find(ObjectValue object, String type) {
        return of(object).stream()
                .filter(condition -> condition.string("type").orElse("").equals(type))
                .findFirst();
    }

    static boolean isTrue(ObjectValue condition) {
        return condition.string("status").orElse("").equals("True");
    }

    /** Whether the first condition of a type is true. */
    static boolean holds(ObjectValue object, String type) {
        return find(object, type).filter(Conditions::isTrue).isPresent();
    }
}
