package io.argosy.apimodel.codec;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.BooleanValue;
import io.argosy.apimodel.tree.DoubleValue;
import io.argosy.apimodel.tree.IntegerValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import java.util.Map;
import java.util.TreeMap;

/** Writes a tree as one YAML document: block style, two spaces a level, fields sorted by name. */
public final class YamlWriter {

    private YamlWriter() {}

    public static byte[] write(Value value) {
        Sink sink = new Sink();
        write(value, sink);
        return sink.toByteArray();
    }

    public static void write(Value value, Sink sink) {
        switch (value) {
            case ObjectValue object when !object.isEmpty() -> object(object, 0, false, sink);
            case ArrayValue array when !array.isEmpty() -> array(array, 0, false, sink);
            default -> {
                scalar(value, 0, sink);
                sink.put('\n');
            }
        }
    }

    /** {@code started}: the first line is indented already. */
    private static void object(ObjectValue object, int indent, boolean started, Sink sink) {
        boolean here = started;
        for (Map.Entry<String, Value> field : new TreeMap<>(object.fields()).entrySet()) {
            indent(here ? 0 : indent, sink);
            here = false;
            YamlText.key(field.getKey(), sink);
            sink.put(':');
            switch (field.getValue()) {
                case ObjectValue inner
                when !inner.isEmpty() -> {
                    sink.put('\n');
                    object(inner, indent + 2, false, sink);
                }
                case ArrayValue inner
                when !inner.isEmpty() -> {
                    sink.put('\n');
                    array(inner, indent, false, sink);
                }
                default -> {
                    sink.put(' ');
                    scalar(field.getValue(), indent + 2, sink);
                    sink.put('\n');
                }
            }
        }
    }

    private static void array(ArrayValue array, int indent, boolean started, Sink sink) {
        boolean here = started;
        for (Value item : array) {
            indent(here ? 0 : indent, sink);
            here = false;
            sink.put('-').put(' ');
            switch (item) {
                case ObjectValue inner when !inner.isEmpty() -> object(inner, indent + 2, true, sink);
                case ArrayValue inner when !inner.isEmpty() -> array(inner, indent + 2, true, sink);
                default -> {
                    scalar(item, indent + 2, sink);
                    sink.put('\n');
                }
            }
        }
    }

    private static void scalar(Value value, int indent, Sink sink) {
        switch (value) {
            case StringValue text -> YamlText.string(text.value(), indent, sink);
            case IntegerValue number -> sink.decimal(number.value());
            case DoubleValue number -> JsonText.number(number.value(), sink);
            case BooleanValue truth -> sink.ascii(truth.value() ? "true" : "false");
            case NullValue _ -> sink.ascii("null");
            case ObjectValue _ -> sink.ascii("{}");
            case ArrayValue _ -> sink.ascii("[]");
        }
    }

    static void indent(int spaces, Sink sink) {
        for (int i = 0; i < spaces; i++) {
            sink.put(' ');
        }
    }
}
