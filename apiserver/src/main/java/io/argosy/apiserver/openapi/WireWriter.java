package io.argosy.apiserver.openapi;

import com.google.protobuf.CodedOutputStream;
import io.argosy.apimodel.codec.YamlWriter;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.BooleanValue;
import io.argosy.apimodel.tree.DoubleValue;
import io.argosy.apimodel.tree.IntegerValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.openapi.WireTable.Condition;
import io.argosy.apiserver.openapi.WireTable.Form;
import io.argosy.apiserver.openapi.WireTable.Slot;
import io.argosy.apiserver.openapi.WireTable.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes OpenAPI documents as protobuf. What the table has no place for is left out, and so is, as proto3 says, what is
 * empty, unless it is one of several alternatives.
 */
record WireWriter(WireTable table) {

    private static final int NAME = 1;
    private static final int VALUE = 2;
    private static final int YAML = 2;

    byte[] document(ObjectValue tree) {
        try {
            return message(tree, "Document");
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    private byte[] message(Value value, String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        List<Slot> slots = table.message(name);
        for (Slot slot : slots) {
            switch (slot.source()) {
                case Source.Named named
                when value instanceof ObjectValue object -> {
                    if (object.has(named.field())) {
                        put(object.fields().get(named.field()), slot, false, out);
                    }
                }
                case Source.Extensions _
                when value instanceof ObjectValue object -> {
                    for (Map.Entry<String, Value> field : object.fields().entrySet()) {
                        if (field.getKey().startsWith("x-")) {
                            pair(field, slot, out);
                        }
                    }
                }
                case Source.Others _ when value instanceof ObjectValue object -> others(object, slots, slot, out);
                case Source.Itself itself
                when holds(itself.when(), value) -> {
                    put(value, slot, !(itself.when() instanceof Condition.Always), out);
                    out.flush();
                    return bytes.toByteArray();
                }
                default -> {}
            }
        }
        out.flush();
        return bytes.toByteArray();
    }

    private void others(ObjectValue object, List<Slot> slots, Slot slot, CodedOutputStream out) throws IOException {
        Set<String> taken = new HashSet<>();
        boolean extensions = false;
        for (Slot other : slots) {
            if (other.source() instanceof Source.Named named) {
                taken.add(named.field());
            }
            extensions |= other.source() instanceof Source.Extensions;
        }
        for (Map.Entry<String, Value> field : object.fields().entrySet()) {
            boolean extension = extensions && field.getKey().startsWith("x-");
            if (!extension && !taken.contains(field.getKey())) {
                pair(field, slot, out);
            }
        }
    }

    private void pair(Map.Entry<String, Value> field, Slot slot, CodedOutputStream out) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream pair = CodedOutputStream.newInstance(bytes);
        pair.writeString(NAME, field.getKey());
        one(field.getValue(), VALUE, slot.form(), false, pair);
        pair.flush();
        out.writeByteArray(slot.number(), bytes.toByteArray());
    }

    private static boolean holds(Condition condition, Value value) {
        return switch (condition) {
            case Condition.Always _ -> true;
            case Condition.IsA is ->
                switch (is.scalar()) {
                    case BOOL -> value instanceof BooleanValue;
                    case STRING -> value instanceof StringValue;
                    case INT, DOUBLE -> value instanceof IntegerValue || value instanceof DoubleValue;
                };
            case Condition.Has has -> value instanceof ObjectValue object && object.has(has.field());
            case Condition.Says says ->
                value instanceof ObjectValue object
                        && object.string(says.field()).orElse("").equals(says.text());
        };
    }

    private void put(Value value, Slot slot, boolean evenIfEmpty, CodedOutputStream out) throws IOException {
        if (slot.repeated() && value instanceof ArrayValue array) {
            for (Value item : array) {
                one(item, slot.number(), slot.form(), true, out);
            }
        } else {
            one(value, slot.number(), slot.form(), evenIfEmpty || slot.repeated(), out);
        }
    }

    private void one(Value value, int number, Form form, boolean evenIfEmpty, CodedOutputStream out)
            throws IOException {
        switch (form) {
            case Form.Scalar scalar -> scalar(value, number, scalar, evenIfEmpty, out);
            case Form.Anything _ -> out.writeByteArray(number, anything(value));
            case Form.Message message -> out.writeByteArray(number, message(value, message.name()));
        }
    }

    private static byte[] anything(Value value) throws IOException {
        byte[] yaml = YamlWriter.write(value);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(yaml.length + 8);
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeString(YAML, new String(yaml, StandardCharsets.UTF_8));
        out.flush();
        return bytes.toByteArray();
    }

    private static void scalar(Value value, int number, Form.Scalar scalar, boolean evenIfEmpty, CodedOutputStream out)
            throws IOException {
        switch (scalar) {
            case STRING -> {
                if (value instanceof StringValue text
                        && (evenIfEmpty || !text.value().isEmpty())) {
                    out.writeString(number, text.value());
                }
            }
            case BOOL -> {
                if (value instanceof BooleanValue truth && (evenIfEmpty || truth.value())) {
                    out.writeBool(number, truth.value());
                }
            }
            case INT -> {
                long whole = value instanceof IntegerValue integer ? integer.value() : (long) number(value);
                if (evenIfEmpty || whole != 0) {
                    out.writeInt64(number, whole);
                }
            }
            case DOUBLE -> {
                if (evenIfEmpty || number(value) != 0) {
                    out.writeDouble(number, number(value));
                }
            }
        }
    }

    private static double number(Value value) {
        return switch (value) {
            case IntegerValue integer -> (double) integer.value();
            case DoubleValue number -> number.value();
            default -> 0;
        };
    }
}
