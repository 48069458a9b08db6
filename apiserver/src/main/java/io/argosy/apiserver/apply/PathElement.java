package io.argosy.apiserver.apply;

import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.tree.IntegerValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One step of a path to a field, as {@code FieldsV1} names it. Ordered and compared by its text form. */
sealed interface PathElement extends Comparable<PathElement> {

    /** A field of an object, or a key of a map. */
    record Name(String name) implements PathElement {
        @Override
        public String text() {
            return "f:" + name;
        }

        @Override
        public String shown() {
            return "." + name;
        }
    }

    /** An item of a list of objects, by the values of its keys. */
    record Keys(TreeMap<String, Value> keys) implements PathElement {
        @Override
        public String text() {
            return "k:" + json(new ObjectValue(keys));
        }

        @Override
        public String shown() {
            return keys.entrySet().stream()
                    .map(key -> key.getKey() + "=" + json(key.getValue()))
                    .collect(Collectors.joining(",", "[", "]"));
        }
    }

    /** An item of a set. */
    record Member(Value value) implements PathElement {
        @Override
        public String text() {
            return "v:" + json(value);
        }

        @Override
        public String shown() {
            return "[=" + json(value) + "]";
        }
    }

    /** An item by its place. */
    record Index(long index) implements PathElement {
        @Override
        public String text() {
            return "i:" + index;
        }

        @Override
        public String shown() {
            return "[" + index + "]";
        }
    }

    /** As in {@code FieldsV1}. */
    String text();

    /** As in messages. */
    String shown();

    @Override
    default int compareTo(PathElement other) {
        int byKind = Integer.compare(kind(), other.kind());
        return byKind != 0 ? byKind : text().compareTo(other.text());
    }

    private int kind() {
        return switch (this) {
            case Name _ -> 0;
            case Keys _ -> 1;
            case Member _ -> 2;
            case Index _ -> 3;
        };
    }

    /** Reads the text form; empty when it is none. */
    static Optional<PathElement> parse(String text) {
        if (text.length() < 2 || text.charAt(1) != ':') {
            return Optional.empty();
        }
        String rest = text.substring(2);
        return switch (text.charAt(0)) {
            case 'f' -> Optional.of(new Name(rest));
            case 'k' ->
                value(rest) instanceof ObjectValue keys
                        ? Optional.of(new Keys(new TreeMap<>(keys.fields())))
                        : Optional.empty();
            case 'v' -> Optional.of(new Member(value(rest)));
            case 'i' ->
                value(rest) instanceof IntegerValue index ? Optional.of(new Index(index.value())) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Value value(String json) {
        return JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String json(Value value) {
        return new String(JsonWriter.write(value), StandardCharsets.UTF_8);
    }
}
