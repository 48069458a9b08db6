package io.argosy.apimodel.codec;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.BooleanValue;
import io.argosy.apimodel.tree.DoubleValue;
import io.argosy.apimodel.tree.IntegerValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Writes a tree as CBOR (RFC 8949) as the API uses it: the self-described tag, then deterministic encoding (section 4.2)
 * with strings as byte strings.
 */
public final class CborWriter {

    private static final int BYTE_STRING = 2;
    private static final int ARRAY = 4;
    private static final int MAP = 5;

    private CborWriter() {}

    public static byte[] write(Value value) {
        Sink sink = new Sink();
        write(value, sink);
        return sink.toByteArray();
    }

    public static void write(Value value, Sink sink) {
        sink.put(0xd9).put(0xd9).put(0xf7);
        item(value, sink);
    }

    private static void item(Value value, Sink sink) {
        switch (value) {
            case StringValue text -> bytes(text.value().getBytes(StandardCharsets.UTF_8), sink);
            case IntegerValue number -> {
                long whole = number.value();
                head(whole < 0 ? 1 : 0, whole < 0 ? ~whole : whole, sink);
            }
            case DoubleValue number -> real(number.value(), sink);
            case BooleanValue truth -> sink.put(truth.value() ? 0xf5 : 0xf4);
            case NullValue _ -> sink.put(0xf6);
            case ArrayValue array -> {
                head(ARRAY, array.size(), sink);
                array.forEach(item -> item(item, sink));
            }
            case ObjectValue object -> object(object, sink);
        }
    }

    /** Shorter names first, those of one length by their bytes: the order of the encoded names. */
    private static void object(ObjectValue object, Sink sink) {
        record Entry(byte[] name, Value value) {}
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, Value> field : object.fields().entrySet()) {
            entries.add(new Entry(field.getKey().getBytes(StandardCharsets.UTF_8), field.getValue()));
        }
        entries.sort(Comparator.<Entry>comparingInt(entry -> entry.name().length)
                .thenComparing(Entry::name, Arrays::compareUnsigned));
        head(MAP, entries.size(), sink);
        for (Entry entry : entries) {
            bytes(entry.name(), sink);
            item(entry.value(), sink);
        }
    }

    private static void bytes(byte[] bytes, Sink sink) {
        head(BYTE_STRING, bytes.length, sink);
        sink.put(bytes);
    }

    private static void head(int major, long argument, Sink sink) {
        int type = major << 5;
        if (argument >= 0 && argument < 24) {
            sink.put(type | (int) argument);
        } else if (argument >= 0 && argument < 1L << 8) {
            sink.put(type | 24);
            bigEndian(argument, 1, sink);
        } else if (argument >= 0 && argument < 1L << 16) {
            sink.put(type | 25);
            bigEndian(argument, 2, sink);
        } else if (argument >= 0 && argument < 1L << 32) {
            sink.put(type | 26);
            bigEndian(argument, 4, sink);
        } else {
            sink.put(type | 27);
            bigEndian(argument, 8, sink);
        }
    }

    private static void real(double value, Sink sink) {
        float single = (float) value;
        short half = Float.floatToFloat16(single);
        if (Float.float16ToFloat(half) == value) {
            sink.put(0xf9);
            bigEndian(half, 2, sink);
        } else if (single == value) {
            sink.put(0xfa);
            bigEndian(Float.floatToRawIntBits(single), 4, sink);
        } else {
            sink.put(0xfb);
            bigEndian(Double.doubleToRawLongBits(value), 8, sink);
        }
    }

    private static void bigEndian(long value, int bytes, Sink sink) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            sink.put((int) (value >>> shift));
        }
    }
}
