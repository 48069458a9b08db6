package io.argosy.apimodel.codec;

import io.argosy.apimodel.schema.AnySchema;
import io.argosy.apimodel.schema.EitherSchema;
import io.argosy.apimodel.schema.Field;
import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.MapSchema;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.ScalarSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.tree.BooleanValue;
import io.argosy.apimodel.tree.DoubleValue;
import io.argosy.apimodel.tree.IntegerValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import org.jspecify.annotations.Nullable;

/** What stands in a tree for fields that were not set, and which values are the same as not set. */
final class Zeros {

    private static final StringValue EMPTY = Value.of("");
    private static final StringValue NO_QUANTITY = Value.of("0");
    private static final StringValue NO_DURATION = Value.of("0s");
    private static final IntegerValue ZERO = Value.of(0L);

    private Zeros() {}

    /** The zero of a type, as JSON has it; fresh where it can be changed. */
    static Value of(Schema schema) {
        return switch (schema) {
            case ScalarSchema scalar ->
                switch (scalar.type()) {
                    case STRING -> EMPTY;
                    case BOOLEAN -> BooleanValue.FALSE;
                    case INT32, INT64, DOUBLE, INT_OR_STRING -> ZERO;
                    case QUANTITY -> NO_QUANTITY;
                    case DURATION -> NO_DURATION;
                    case BYTES, TIME, MICRO_TIME -> NullValue.NULL;
                };
            case ObjectSchema object ->
                assemble(object, new Value[object.fields().size()], new ObjectValue());
            case EitherSchema _, AnySchema _, ListSchema _, MapSchema _ -> NullValue.NULL;
        };
    }

    /** What stands for an absent field that is always written. */
    static Value of(Field field) {
        // Only what protobuf does not have (kind, apiVersion) may have a text of its own here: zeros are no defaults.
        return field.number() == 0 && field.defaultValue().isPresent()
                ? field.defaultValue().get()
                : of(field.schema());
    }

    static boolean isZero(Value value) {
        return switch (value) {
            case StringValue text -> text.value().isEmpty();
            case IntegerValue number -> number.value() == 0;
            case DoubleValue number -> number.value() == 0;
            case BooleanValue truth -> !truth.value();
            case NullValue _ -> true;
            default -> false;
        };
    }

    /** Puts the fields in the order of their type, drops what is not written, adds what always is. */
    static ObjectValue assemble(ObjectSchema schema, @Nullable Value[] slots, ObjectValue into) {
        for (int i = 0; i < slots.length; i++) {
            Field field = schema.fields().get(i);
            Value value = slots[i];
            boolean absent = value == null || value == NullValue.NULL;
            switch (field.presence()) {
                case OPTIONAL -> {
                    if (!absent && value != null) {
                        into.put(field.name(), value);
                    }
                }
                case NULLABLE -> into.put(field.name(), value == null ? NullValue.NULL : value);
                case ZERO_OMITTED -> {
                    if (!absent && value != null && !isZero(value)) {
                        into.put(field.name(), value);
                    }
                }
                case ALWAYS -> into.put(field.name(), absent || value == null ? of(field) : value);
            }
        }
        return into;
    }
}
