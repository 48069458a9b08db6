package io.argosy.apiserver.apply;

import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.MapSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The paths that a configuration names: its leaves, and the items of lists. */
final class OwnedFields {

    private OwnedFields() {}

    static FieldSet of(ObjectValue object, Schema schema) {
        return children(object, schema);
    }

    private static FieldSet children(Value value, @Nullable Schema schema) {
        FieldSet set = new FieldSet();
        switch (value) {
            case ObjectValue object -> {
                for (Map.Entry<String, Value> field : object.fields().entrySet()) {
                    PathElement element = new PathElement.Name(field.getKey());
                    Value child = field.getValue();
                    boolean hollow = Shapes.absent(child) || (child instanceof ObjectValue map && map.isEmpty());
                    boolean entry = schema == null || schema instanceof MapSchema || !Shapes.knows(schema, element);
                    descend(set, element, child, Shapes.below(schema, element), hollow || entry);
                }
            }
            case ArrayValue array
            when schema instanceof ListSchema list -> {
                for (Value item : array) {
                    descend(set, Shapes.element(list, item), item, list.element(), true);
                }
            }
            default -> {}
        }
        return set;
    }

    private static void descend(
            FieldSet set, PathElement element, Value child, @Nullable Schema schema, boolean member) {
        if (Shapes.atomic(schema, child) || member) {
            set.add(element);
        }
        if (!Shapes.atomic(schema, child)) {
            FieldSet below = children(child, schema);
            set.putBelow(element, set.below(element).union(below));
        }
    }
}
