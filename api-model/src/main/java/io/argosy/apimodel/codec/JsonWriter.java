package io.argosy.apimodel.codec;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.BooleanValue;
import io.argosy.apimodel.tree.DoubleValue;
import io.argosy.apimodel.tree.IntegerValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/** Writes a tree as JSON, byte for byte as Kubernetes would; without recursion, so that depth costs no stack. */
public final class JsonWriter {

    private JsonWriter() {}

    /** Fields in the order in which they stand in the tree. */
    public static byte[] write(Value value) {
        Sink sink = new Sink();
        write(value, sink);
        return sink.toByteArray();
    }

    public static void write(Value value, Sink sink) {
        write(value, sink, false);
    }

    /** Fields of every object sorted by name, as custom resources are written and stored. */
    public static byte[] writeSorted(Value value) {
        Sink sink = new Sink();
        writeSorted(value, sink);
        return sink.toByteArray();
    }

    public static void writeSorted(Value value, Sink sink) {
        write(value, sink, true);
    }

    private static void write(Value root, Sink sink, boolean sorted) {
        Deque<Level> open = new ArrayDeque<>();
        open(root, sink, sorted, open);
        while (!open.isEmpty()) {
            Level level = open.peek();
            if (!level.hasNext()) {
                sink.put(level.closing());
                open.pop();
            } else {
                open(level.next(sink), sink, sorted, open);
            }
        }
    }

    /** Writes a scalar whole, or the start of an object or array. */
    private static void open(Value value, Sink sink, boolean sorted, Deque<Level> open) {
        switch (value) {
            case StringValue text -> JsonText.string(text.value(), sink);
            case IntegerValue number -> sink.decimal(number.value());
            case DoubleValue number -> JsonText.number(number.value(), sink);
            case BooleanValue truth -> sink.ascii(truth.value() ? "true" : "false");
            case NullValue _ -> sink.ascii("null");
            case ObjectValue object -> {
                sink.put('{');
                Map<String, Value> fields = sorted ? new TreeMap<>(object.fields()) : object.fields();
                open.push(new ObjectLevel(fields.entrySet().iterator()));
            }
            case ArrayValue array -> {
                sink.put('[');
                open.push(new ArrayLevel(array.iterator()));
            }
        }
    }

    /** An object or array of which a part is written. */
    private abstract static sealed class Level {
        private boolean first = true;

        abstract boolean hasNext();

        abstract Value next(Sink sink);

        abstract char closing();

        final void separate(Sink sink) {
            if (!first) {
                sink.put(',');
            }
            first = false;
        }
    }

    private static final class ObjectLevel extends Level {
        private final Iterator<Map.Entry<String, Value>> rest;

        ObjectLevel(Iterator<Map.Entry<String, Value>> rest) {
            this.rest = rest;
        }

        @Override
        boolean hasNext() {
            return rest.hasNext();
        }

        @Override
        Value next(Sink sink) {
            separate(sink);
            Map.Entry<String, Value> entry = rest.next();
            JsonText.string(entry.getKey(), sink);
            sink.put(':');
            return entry.getValue();
        }

        @Override
        char closing() {
            return '}';
        }
    }

    private static final class ArrayLevel extends Level {
        private final Iterator<Value> rest;

        ArrayLevel(Iterator<Value> rest) {
            this.rest = rest;
        }

        @Override
        boolean hasNext() {
            return rest.hasNext();
        }

        @Override
        Value next(Sink sink) {
            separate(sink);
            return rest.next();
        }

        @Override
        char closing() {
            return ']';
        }
    }
}
