package io.argosy.apimodel.schema.structural;

import io.argosy.apimodel.schema.AnySchema;
import io.argosy.apimodel.schema.Field;
import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.MapSchema;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;

/** Fills the defaults of a schema, and drops nulls that say nothing. */
public final class StructuralDefaults {

    private StructuralDefaults() {}

    /** Puts defaults, in place, where a field is absent, or null and not nullable; then those inside of what is there. */
    public static void fill(ObjectValue object, ObjectSchema schema) {
        value(object, schema);
    }

    private static void value(Value value, Schema schema) {
        switch (schema) {
            case ObjectSchema fields
            when value instanceof ObjectValue object -> {
                for (Field field : fields.fields()) {
                    object(object, field);
                }
            }
            case MapSchema map
            when value instanceof ObjectValue object ->
                object.fields().values().forEach(item -> value(item, map.values()));
            case ListSchema list
            when value instanceof ArrayValue array -> array.forEach(item -> value(item, list.element()));
            default -> {}
        }
    }

    private static void object(ObjectValue object, Field field) {
        if (field.name().equals("metadata")
                && field.schema() instanceof ObjectSchema meta
                && !meta.name().isEmpty()) {
            return;
        }
        Value there = object.fields().get(field.name());
        if (field.defaultValue().isPresent() && (there == null || isMeaninglessNull(there, field.schema()))) {
            there = field.defaultValue().get().copy();
            object.put(field.name(), there);
        }
        if (there != null) {
            value(there, field.schema());
        }
    }

    /** Drops, in place, nulls of fields that are not nullable and have no default. */
    public static void dropNulls(ObjectValue object, ObjectSchema schema) {
        drop(object, schema);
    }

    private static void drop(Value value, Schema schema) {
        switch (schema) {
            case ObjectSchema fields
            when value instanceof ObjectValue object -> {
                for (Field field : fields.fields()) {
                    Value there = object.fields().get(field.name());
                    if (there != null
                            && isMeaninglessNull(there, field.schema())
                            && field.defaultValue().isEmpty()) {
                        object.remove(field.name());
                    } else if (there != null) {
                        drop(there, field.schema());
                    }
                }
            }
            case MapSchema map
            when value instanceof ObjectValue object -> {
                object.fields().values().removeIf(item -> isMeaninglessNull(item, map.values()));
                object.fields().values().forEach(item -> drop(item, map.values()));
            }
            case ListSchema list
            when value instanceof ArrayValue array -> array.forEach(item -> drop(item, list.element()));
            default -> {}
        }
    }

    private static boolean isMeaninglessNull(Value value, Schema schema) {
        return value == NullValue.NULL
                && !schema.checks().nullable()
                && !(schema instanceof AnySchema any && any.form() != AnySchema.Form.NONE);
    }
}
