package io.argosy.apimodel.codec;

import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.schema.AnySchema;
import io.argosy.apimodel.schema.EitherSchema;
import io.argosy.apimodel.schema.Field;
import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.MapSchema;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.Presence;
import io.argosy.apimodel.schema.ScalarSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.schema.WireIndex;
import io.argosy.apimodel.time.ApiDuration;
import io.argosy.apimodel.time.ApiTime;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.BooleanValue;
import io.argosy.apimodel.tree.DoubleValue;
import io.argosy.apimodel.tree.IntegerValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a tree as the protobuf message of its type, byte for byte as Kubernetes does: by ascending field number, zeros
 * of fields that always have a value included, map entries sorted. Written from the end to the start, so that each
 * length is known in one pass. The tree must have passed {@link Conform} or come from {@link ProtobufReader}; another is
 * refused with {@link IllegalArgumentException}.
 */
public final class ProtobufWriter {

    private static final ObjectValue EMPTY = new ObjectValue();

    private final ReverseSink out = new ReverseSink();

    private ProtobufWriter() {}

    public static byte[] write(ObjectValue tree, ObjectSchema schema) {
        ProtobufWriter writer = new ProtobufWriter();
        writer.message(tree, schema);
        return writer.out.toByteArray();
    }

    /** The message in its envelope: what is stored, and what is answered to clients. */
    public static byte[] writeEnvelope(ObjectValue tree, ObjectSchema schema, GroupVersionKind kind) {
        byte[] message = write(tree, schema);
        Sink sink = new Sink(message.length + 64);
        Envelope.write(kind.apiVersion(), kind.kind(), message, 0, message.length, sink);
        return sink.toByteArray();
    }

    private void message(ObjectValue tree, ObjectSchema schema) {
        WireIndex wire = schema.wire();
        for (int member = wire.size() - 1; member >= 0; member--) {
            int number = wire.number(member);
            int part = wire.part(member);
            if (part >= 0) {
                int before = out.size();
                message(tree, schema.inlines().get(part).part());
                delimit(number, before);
            } else {
                field(tree, schema.fields().get(wire.field(member)), number);
            }
        }
    }

    private void field(ObjectValue tree, Field field, int number) {
        Value value = tree.fields().get(field.name());
        if (value == null || value == NullValue.NULL) {
            if (field.presence() == Presence.ALWAYS || field.presence() == Presence.ZERO_OMITTED) {
                value(null, field.schema(), number, field.name());
            }
            return;
        }
        switch (field.schema()) {
            case ListSchema list
            when !list.wrapped() -> {
                List<Value> items = as(ArrayValue.class, value, field.name()).items();
                for (int i = items.size() - 1; i >= 0; i--) {
                    value(items.get(i), list.element(), number, field.name());
                }
            }
            case MapSchema map -> entries(as(ObjectValue.class, value, field.name()), map, number, field.name());
            default -> value(value, field.schema(), number, field.name());
        }
    }

    private void entries(ObjectValue object, MapSchema map, int number, String name) {
        List<Map.Entry<String, Value>> entries = new ArrayList<>(object.fields().entrySet());
        entries.sort(Map.Entry.comparingByKey());
        for (int i = entries.size() - 1; i >= 0; i--) {
            int before = out.size();
            value(entries.get(i).getValue(), map.values(), 2, name);
            text(entries.get(i).getKey(), 1);
            delimit(number, before);
        }
    }

    /** One value with its tag; null is the zero. */
    private void value(@Nullable Value given, Schema schema, int number, String name) {
        Value value = given == NullValue.NULL ? null : given;
        switch (schema) {
            case ScalarSchema scalar -> scalar(value, scalar.type(), number, name);
            case ObjectSchema object -> {
                int before = out.size();
                message(value == null ? EMPTY : as(ObjectValue.class, value, name), object);
                delimit(number, before);
            }
            case AnySchema _ -> {
                int before = out.size();
                if (value != null) {
                    byte[] raw = JsonWriter.write(value);
                    out.put(raw);
                    out.varint(raw.length);
                    out.tag(1, WireReader.LENGTH);
                }
                delimit(number, before);
            }
            case ListSchema list -> {
                int before = out.size();
                if (value != null) {
                    List<Value> items = as(ArrayValue.class, value, name).items();
                    for (int i = items.size() - 1; i >= 0; i--) {
                        value(items.get(i), list.element(), 1, name);
                    }
                }
                delimit(number, before);
            }
            case EitherSchema either -> {
                int before = out.size();
                either(value, either, name);
                delimit(number, before);
            }
            case MapSchema _ -> throw new IllegalArgumentException(name + ": protobuf has no map of maps");
        }
    }

    private void either(@Nullable Value value, EitherSchema either, String name) {
        boolean object = value instanceof ObjectValue;
        boolean schemaFirst = either.form().objectNumber() == 1;
        if (either.form() == EitherSchema.Form.SCHEMA_OR_BOOLEAN) {
            if (object) {
                value(value, either.object().get(), 2, name);
            }
            boolean allows = object || (value instanceof BooleanValue truth && truth.value());
            out.put(allows ? 1 : 0);
            out.tag(1, WireReader.VARINT);
        } else if (object && schemaFirst) {
            value(value, either.object().get(), 1, name);
        } else if (value instanceof ArrayValue array && either.plain() instanceof ListSchema list) {
            for (int i = array.size() - 1; i >= 0; i--) {
                value(array.get(i), list.element(), 2, name);
            }
        }
    }

    private void scalar(@Nullable Value value, ScalarSchema.Type type, int number, String name) {
        switch (type) {
            case STRING -> text(value == null ? "" : string(value, name), number);
            case BOOLEAN -> {
                out.put(value != null && as(BooleanValue.class, value, name).value() ? 1 : 0);
                out.tag(number, WireReader.VARINT);
            }
            case INT32, INT64 -> number(value == null ? 0 : integer(value, name), number);
            case DOUBLE -> {
                out.fixed64(Double.doubleToRawLongBits(
                        value instanceof DoubleValue real ? real.value() : value == null ? 0 : integer(value, name)));
                out.tag(number, WireReader.FIXED64);
            }
            case BYTES -> {
                byte[] bytes = value == null ? new byte[0] : Base64.getDecoder().decode(string(value, name));
                out.put(bytes);
                out.varint(bytes.length);
                out.tag(number, WireReader.LENGTH);
            }
            case QUANTITY -> {
                int before = out.size();
                text(value == null ? "0" : string(value, name), 1);
                delimit(number, before);
            }
            case TIME, MICRO_TIME -> time(value, type == ScalarSchema.Type.MICRO_TIME, number, name);
            case DURATION -> {
                int before = out.size();
                Duration duration = value == null
                        ? Duration.ZERO
                        : ApiDuration.parse(string(value, name)).orElseThrow(() -> wrong(name, value));
                number(duration.toNanos(), 1);
                delimit(number, before);
            }
            case INT_OR_STRING -> {
                int before = out.size();
                boolean isText = value instanceof StringValue;
                text(isText ? string(value, name) : "", 3);
                number(isText || value == null ? 0 : integer(value, name), 2);
                number(isText ? 1 : 0, 1);
                delimit(number, before);
            }
        }
    }

    private void time(@Nullable Value value, boolean micro, int number, String name) {
        int before = out.size();
        if (value != null) {
            Instant time = ApiTime.parse(string(value, name)).orElseThrow(() -> wrong(name, value));
            number(micro ? time.getNano() / 1000 * 1000 : 0, 2);
            number(time.getEpochSecond(), 1);
        }
        delimit(number, before);
    }

    private void text(String text, int number) {
        int before = out.size();
        out.text(text);
        delimit(number, before);
    }

    private void number(long value, int number) {
        out.varint(value);
        out.tag(number, WireReader.VARINT);
    }

    /** Writes length and tag before what was written since. */
    private void delimit(int number, int before) {
        out.varint(out.size() - before);
        out.tag(number, WireReader.LENGTH);
    }

    private static String string(Value value, String name) {
        return as(StringValue.class, value, name).value();
    }

    private static long integer(Value value, String name) {
        return as(IntegerValue.class, value, name).value();
    }

    private static <T> T as(Class<T> type, Value value, String name) {
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        throw wrong(name, value);
    }

    private static IllegalArgumentException wrong(String name, Value value) {
        return new IllegalArgumentException("field " + name + " cannot have a value like this " + value.typeName());
    }
}
