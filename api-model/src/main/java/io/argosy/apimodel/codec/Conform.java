package io.argosy.apimodel.codec;

import io.argosy.apimodel.schema.AnySchema;
import io.argosy.apimodel.schema.EitherSchema;
import io.argosy.apimodel.schema.Field;
import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.MapSchema;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.ScalarSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.ListIterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes a tree what decoding it into a typed object and encoding it again would make of it. */
public final class Conform {

    /** The deepest nesting that is kept: each level costs stack wherever the tree is walked. */
    public static final int MAX_DEPTH = 1_000;

    private final ParseNotes notes;

    /** How many types around the value at hand are decoded apart, without a look at unknown fields. */
    private int apart;

    private Conform(ParseNotes notes) {
        this.notes = notes;
    }

    /**
     * Checks types, brings quantities and times into their canonical form, drops what has no schema (and notes it),
     * drops nulls and zeros that are not written, adds zeros that always are; puts fields in the order of their type and
     * map entries in that of their keys. Changes the tree in place and returns it.
     *
     * @throws ApiException 400, when a value has the wrong type; the message is the decoder's, without what was decoded
     */
    public static ObjectValue conform(ObjectValue tree, ObjectSchema schema, ParseNotes notes) {
        return new Conform(notes).object(tree, schema, Place.ROOT, 1);
    }

    private ObjectValue object(ObjectValue tree, ObjectSchema schema, Place place, int depth) {
        if (depth > MAX_DEPTH) {
            throw ApiException.badRequest("exceeded max depth");
        }
        @Nullable Value[] slots = new Value[schema.fields().size()];
        Map<String, Value> extra = null;
        for (Map.Entry<String, Value> entry : tree.fields().entrySet()) {
            int index = schema.indexOf(entry.getKey());
            if (index >= 0) {
                Field field = schema.fields().get(index);
                slots[index] = value(
                        entry.getValue(),
                        field.schema(),
                        place.child(field.name(), schema.partOf(index)),
                        schema,
                        depth);
            } else if (schema.preservesUnknown()) {
                requireShallow(entry.getValue(), MAX_DEPTH - depth);
                extra = extra == null ? new TreeMap<>() : extra;
                extra.put(entry.getKey(), entry.getValue());
            } else if (apart == 0) {
                notes.unknownField(place.child(entry.getKey()).path());
            }
        }
        tree.fields().clear();
        Zeros.assemble(schema, slots, tree);
        if (extra != null) {
            extra.forEach(tree::put);
        }
        return tree;
    }

    /** The value as its type has it; null when it is the same as absent. */
    private @Nullable Value value(Value value, Schema schema, Place place, ObjectSchema owner, int depth) {
        if (value == NullValue.NULL) {
            return null;
        }
        return switch (schema) {
            case ScalarSchema scalar -> Scalars.conform(value, scalar.type(), place, owner);
            case ObjectSchema object -> {
                if (value instanceof ObjectValue tree) {
                    yield object(tree, object, place, depth + 1);
                }
                throw Scalars.mismatch(value, GoNames.of(object), place, owner);
            }
            case ListSchema list -> {
                if (value instanceof ArrayValue array) {
                    yield list(array, list, place, owner, depth);
                }
                throw Scalars.mismatch(value, GoNames.of(list), place, owner);
            }
            case MapSchema map -> {
                if (value instanceof ObjectValue tree) {
                    yield map(tree, map, place, owner, depth);
                }
                throw Scalars.mismatch(value, GoNames.of(map), place, owner);
            }
            case AnySchema _ -> {
                requireShallow(value, MAX_DEPTH - depth);
                yield value;
            }
            case EitherSchema either -> either(value, either, place, owner, depth);
        };
    }

    private @Nullable Value list(ArrayValue array, ListSchema list, Place place, ObjectSchema owner, int depth) {
        ListIterator<Value> items = array.items().listIterator();
        while (items.hasNext()) {
            int position = items.nextIndex();
            Value item = value(items.next(), list.element(), place.item(position), owner, depth);
            items.set(item == null ? Zeros.of(list.element()) : item);
        }
        return array.isEmpty() ? null : array;
    }

    private @Nullable Value map(ObjectValue tree, MapSchema map, Place place, ObjectSchema owner, int depth) {
        Map<String, Value> sorted = new TreeMap<>();
        for (Map.Entry<String, Value> entry : tree.fields().entrySet()) {
            Value value = value(entry.getValue(), map.values(), place.entry(entry.getKey()), owner, depth);
            sorted.put(entry.getKey(), value == null ? Zeros.of(map.values()) : value);
        }
        tree.fields().clear();
        tree.fields().putAll(sorted);
        return tree.isEmpty() ? null : tree;
    }

    private @Nullable Value either(Value value, EitherSchema either, Place place, ObjectSchema owner, int depth) {
        if (value instanceof ObjectValue tree) {
            return schemaApart(tree, either, place, depth);
        }
        if (either.form() == EitherSchema.Form.SCHEMA_OR_BOOLEAN) {
            if (value.typeName().equals("boolean")) {
                return value;
            }
            throw ApiException.badRequest("boolean or JSON schema expected");
        }
        return value instanceof ArrayValue array && either.plain() instanceof ListSchema list
                ? listApart(array, list, place, owner, depth)
                : null;
    }

    private ObjectValue schemaApart(ObjectValue tree, EitherSchema either, Place place, int depth) {
        apart++;
        ObjectValue conformed = object(tree, either.object().get(), place, depth + 1);
        apart--;
        return conformed;
    }

    private @Nullable Value listApart(ArrayValue array, ListSchema list, Place place, ObjectSchema owner, int depth) {
        apart++;
        Value conformed = list(array, list, place, owner, depth);
        apart--;
        return conformed;
    }

    private static void requireShallow(Value value, int left) {
        if (left <= 0) {
            throw ApiException.badRequest("exceeded max depth");
        }
        switch (value) {
            case ObjectValue object -> {
                for (Value field : object.fields().values()) {
                    requireShallow(field, left - 1);
                }
            }
            case ArrayValue array -> {
                for (Value item : array) {
                    requireShallow(item, left - 1);
                }
            }
            default -> {}
        }
    }
}
