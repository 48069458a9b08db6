package io.argosy.apimodel.codec;

import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.quantity.Quantity;
import io.argosy.apimodel.schema.AnySchema;
import io.argosy.apimodel.schema.EitherSchema;
import io.argosy.apimodel.schema.Inline;
import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.MapSchema;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.ScalarSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.schema.WireIndex;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.time.ApiDuration;
import io.argosy.apimodel.time.ApiTime;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the protobuf message of a type into a tree that is like what JSON would give: fields in the order of the type,
 * without zeros that are not written, with those that always are. Refuses with 400 what is no such message, and what is
 * nested deeper than {@value #MAX_DEPTH}.
 */
public final class ProtobufReader {

    /** The deepest nesting of messages: each level costs stack. */
    public static final int MAX_DEPTH = 1_000;

    private ProtobufReader() {}

    public static ObjectValue read(byte[] message, ObjectSchema schema) {
        return read(message, 0, message.length, schema);
    }

    /** Without {@code kind} and {@code apiVersion}, which stand in the envelope. */
    public static ObjectValue read(byte[] message, int from, int to, ObjectSchema schema) {
        return object(message, from, to, schema, 1, new ObjectValue());
    }

    /** With {@code kind} and {@code apiVersion} first, if the type has them. */
    public static ObjectValue read(byte[] message, int from, int to, ObjectSchema schema, GroupVersionKind kind) {
        ObjectValue tree = new ObjectValue();
        if (schema.hasTypeMeta()) {
            tree.put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
        }
        return object(message, from, to, schema, 1, tree);
    }

    private static ObjectValue object(
            byte[] bytes, int from, int to, ObjectSchema schema, int depth, ObjectValue into) {
        if (depth > MAX_DEPTH) {
            throw ApiException.badRequest("exceeded max depth");
        }
        @Nullable Value[] slots = new Value[schema.fields().size()];
        fill(bytes, from, to, schema, slots, 0, depth);
        return Zeros.assemble(schema, slots, into);
    }

    /** All entries of one map field, from the tag of the first to the end of the last. */
    static Value map(byte[] bytes, int from, int to, MapSchema map) {
        WireReader reader = new WireReader(bytes, from, to);
        Value entries = new ObjectValue();
        int number = 0;
        while (reader.next()) {
            number = number == 0 ? reader.number() : number;
            if (reader.number() == number) {
                entries = map(reader, map, entries, 1);
            } else {
                reader.skip();
            }
        }
        return entries;
    }

    /** Puts the values of one message into the slots of its type, those of inlined parts included. */
    private static void fill(
            byte[] bytes, int from, int to, ObjectSchema schema, @Nullable Value[] slots, int offset, int depth) {
        WireReader reader = new WireReader(bytes, from, to);
        WireIndex wire = schema.wire();
        while (reader.next()) {
            int member = wire.member(reader.number());
            if (member < 0) {
                reader.skip();
            } else if (wire.part(member) >= 0) {
                Inline inline = schema.inlines().get(wire.part(member));
                int length = reader.length();
                int at = reader.position();
                fill(bytes, at, at + length, inline.part(), slots, offset + inline.offset(), depth);
                reader.advance(length);
            } else {
                int slot = wire.field(member);
                Schema type = schema.fields().get(slot).schema();
                slots[offset + slot] = value(reader, type, slots[offset + slot], depth);
            }
        }
    }

    /** The value at hand; for lists and maps, what was there before with it added. */
    private static Value value(WireReader reader, Schema schema, @Nullable Value before, int depth) {
        return switch (schema) {
            case ScalarSchema scalar -> scalar(reader, scalar.type());
            case ObjectSchema object -> {
                int length = reader.length();
                int at = reader.position();
                reader.advance(length);
                yield object(reader.bytes(), at, at + length, object, depth + 1, new ObjectValue());
            }
            case ListSchema list -> list(reader, list, before, depth);
            case MapSchema map -> map(reader, map, before, depth);
            case AnySchema _ -> any(reader);
            case EitherSchema either -> either(reader.message(), either, depth);
        };
    }

    private static Value list(WireReader reader, ListSchema list, @Nullable Value before, int depth) {
        ArrayValue items = before instanceof ArrayValue array ? array : new ArrayValue();
        if (list.wrapped()) {
            WireReader wrapper = reader.message();
            while (wrapper.next()) {
                if (wrapper.number() == 1) {
                    items.add(value(wrapper, list.element(), null, depth));
                } else {
                    wrapper.skip();
                }
            }
        } else if (reader.type() == WireReader.LENGTH
                && list.element() instanceof ScalarSchema scalar
                && isNumber(scalar.type())) {
            WireReader packed = reader.message();
            while (packed.position() < packed.end()) {
                items.add(number(packed, scalar.type()));
            }
        } else {
            items.add(value(reader, list.element(), null, depth));
        }
        return list.wrapped() && items.isEmpty() ? NullValue.NULL : items;
    }

    private static Value map(WireReader reader, MapSchema map, @Nullable Value before, int depth) {
        ObjectValue entries = before instanceof ObjectValue object ? object : new ObjectValue();
        WireReader entry = reader.message();
        String key = "";
        Value value = null;
        while (entry.next()) {
            switch (entry.number()) {
                case 1 -> key = entry.string();
                case 2 -> value = value(entry, map.values(), value, depth);
                default -> entry.skip();
            }
        }
        boolean inOrder = entries.isEmpty()
                || ((SequencedMap<String, Value>) entries.fields())
                                .lastEntry()
                                .getKey()
                                .compareTo(key)
                        < 0;
        entries.put(key, value == null ? Zeros.of(map.values()) : value);
        if (!inOrder) {
            Map<String, Value> sorted = new TreeMap<>(entries.fields());
            entries.fields().clear();
            entries.fields().putAll(sorted);
        }
        return entries;
    }

    private static Value either(WireReader reader, EitherSchema either, int depth) {
        Value value = null;
        Value plain = null;
        while (reader.next()) {
            if (reader.number() == either.form().objectNumber()) {
                value = value(reader, either.object().get(), value, depth);
            } else if (reader.number() == either.form().plainNumber()) {
                plain = value(reader, either.plain(), plain, depth);
            } else {
                reader.skip();
            }
        }
        if (value != null) {
            return value;
        }
        return plain == null ? Zeros.of(either.plain()) : plain;
    }

    private static Value any(WireReader reader) {
        WireReader message = reader.message();
        Value value = NullValue.NULL;
        while (message.next()) {
            if (message.number() == 1) {
                int length = message.length();
                int at = message.position();
                message.advance(length);
                value = length == 0 ? NullValue.NULL : JsonReader.read(message.bytes(), at, at + length);
            } else {
                message.skip();
            }
        }
        return value;
    }

    private static boolean isNumber(ScalarSchema.Type type) {
        return switch (type) {
            case BOOLEAN, INT32, INT64, DOUBLE -> true;
            default -> false;
        };
    }

    private static Value number(WireReader reader, ScalarSchema.Type type) {
        return switch (type) {
            case BOOLEAN -> Value.of(reader.varint() != 0);
            case INT32 -> int32(reader.varint());
            case DOUBLE -> real(Double.longBitsToDouble(reader.fixed64()));
            default -> Value.of(reader.varint());
        };
    }

    /** Numbers of 32 bits are the lower half of what is written. */
    private static Value int32(long written) {
        int lower = (int) written;
        return Value.of(lower);
    }

    private static Value real(double value) {
        if (!Double.isFinite(value)) {
            throw ApiException.badRequest("json: unsupported value: " + value);
        }
        return Value.of(value);
    }

    private static Value scalar(WireReader reader, ScalarSchema.Type type) {
        return switch (type) {
            case BOOLEAN, INT32, INT64 -> {
                reader.expect(WireReader.VARINT);
                yield number(reader, type);
            }
            case DOUBLE -> {
                reader.expect(WireReader.FIXED64);
                yield number(reader, type);
            }
            case STRING -> Value.of(reader.string());
            case BYTES -> {
                int length = reader.length();
                ByteBuffer raw = ByteBuffer.wrap(reader.bytes(), reader.position(), length);
                reader.advance(length);
                yield Value.of(StandardCharsets.ISO_8859_1
                        .decode(Base64.getEncoder().encode(raw))
                        .toString());
            }
            case QUANTITY -> quantity(reader.message());
            case TIME, MICRO_TIME -> time(reader.message(), type == ScalarSchema.Type.MICRO_TIME);
            case DURATION -> Value.of(ApiDuration.format(firstNumber(reader.message())));
            case INT_OR_STRING -> intOrString(reader.message());
        };
    }

    private static Value quantity(WireReader reader) {
        String text = "0";
        while (reader.next()) {
            if (reader.number() == 1) {
                text = reader.string();
            } else {
                reader.skip();
            }
        }
        try {
            return Value.of(Quantity.parse(text).toString());
        } catch (Quantity.QuantityException e) {
            throw ApiException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static long firstNumber(WireReader reader) {
        long number = 0;
        while (reader.next()) {
            if (reader.number() == 1) {
                reader.expect(WireReader.VARINT);
                number = reader.varint();
            } else {
                reader.skip();
            }
        }
        return number;
    }

    /** An empty message is the zero time, which JSON has as null. */
    private static Value time(WireReader reader, boolean micro) {
        long seconds = 0;
        long nanos = 0;
        boolean empty = true;
        while (reader.next()) {
            empty = false;
            switch (reader.number()) {
                case 1 -> {
                    reader.expect(WireReader.VARINT);
                    seconds = reader.varint();
                }
                case 2 -> {
                    reader.expect(WireReader.VARINT);
                    nanos = (int) reader.varint();
                }
                default -> reader.skip();
            }
        }
        if (empty) {
            return NullValue.NULL;
        }
        try {
            Instant time = Instant.ofEpochSecond(seconds, micro ? nanos : 0);
            return Value.of(micro ? ApiTime.formatMicro(time) : ApiTime.format(time));
        } catch (DateTimeException e) {
            throw ApiException.badRequest("Time.MarshalJSON: year outside of range [0,9999]");
        }
    }

    private static Value intOrString(WireReader reader) {
        long type = 0;
        int number = 0;
        String text = "";
        while (reader.next()) {
            switch (reader.number()) {
                case 1 -> {
                    reader.expect(WireReader.VARINT);
                    type = reader.varint();
                }
                case 2 -> {
                    reader.expect(WireReader.VARINT);
                    number = (int) reader.varint();
                }
                case 3 -> text = reader.string();
                default -> reader.skip();
            }
        }
        if (type != 0 && type != 1) {
            throw ApiException.badRequest("impossible IntOrString.Type");
        }
        return type == 0 ? Value.of(number) : Value.of(text);
    }
}
