package io.argosy.apimodel.codec;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259) into a tree: whole numbers of 64 bits stay whole, bytes that are not UTF-8 become replacement
 * characters, the last of several equal names wins. Refuses with 400 what is not JSON, in the words Kubernetes uses, and
 * what is nested deeper than {@value #MAX_DEPTH}. Without recursion.
 */
public final class JsonReader {

    /** The deepest nesting of objects and arrays. */
    public static final int MAX_DEPTH = 10_000;

    private final JsonScanner scanner;
    private final byte[] document;
    private final @Nullable ParseNotes notes;
    private final @Nullable Map<String, Integer> wanted;

    /** The objects and arrays that are open, each knowing the one around it. */
    private static final class Level {
        final @Nullable Level outer;
        final @Nullable ObjectValue object;
        final @Nullable ArrayValue array;
        String name = "";

        Level(@Nullable Level outer, @Nullable ObjectValue object, @Nullable ArrayValue array) {
            this.outer = outer;
            this.object = object;
            this.array = array;
        }

        void add(Value value) {
            if (object != null) {
                object.put(name, value);
            } else if (array != null) {
                array.add(value);
            }
        }
    }

    private JsonReader(
            byte[] document, int from, int to, @Nullable ParseNotes notes, @Nullable Map<String, Integer> wanted) {
        this.document = document;
        this.scanner = new JsonScanner(document, from, to);
        this.notes = notes;
        this.wanted = wanted;
    }

    public static Value read(byte[] json) {
        return read(json, 0, json.length);
    }

    public static Value read(byte[] json, int from, int to) {
        return new JsonReader(json, from, to, null, null).document();
    }

    /** Also tells the notes of names that stand twice in one object. */
    public static Value read(byte[] json, ParseNotes notes) {
        return new JsonReader(json, 0, json.length, notes, null).document();
    }

    /** Reads a document that must be an object. */
    public static ObjectValue readObject(byte[] json) {
        if (read(json) instanceof ObjectValue object) {
            return object;
        }
        throw ApiException.badRequest("json: cannot unmarshal a value that is not an object");
    }

    /** Puts the position of the first name at each path that the map has. */
    static void locate(byte[] json, Map<String, Integer> wanted) {
        new JsonReader(json, 0, json.length, null, wanted).document();
    }

    private Value document() {
        Value value = value();
        if (scanner.peek() >= 0) {
            throw scanner.invalid("after top-level value");
        }
        return value;
    }

    private Value value() {
        Level level = null;
        int depth = 0;
        while (true) {
            Value done;
            int c = scanner.peek();
            if (c == '{' || c == '[') {
                scanner.next();
                if (++depth > MAX_DEPTH) {
                    throw ApiException.badRequest("invalid character '" + (char) c + "' exceeded max depth");
                }
                level = c == '{' ? new Level(level, new ObjectValue(), null) : new Level(level, null, new ArrayValue());
                int after = scanner.peek();
                if (c == '{' && after != '}') {
                    name(level);
                    continue;
                }
                if (c == '[' && after != ']') {
                    continue;
                }
                scanner.next();
                done = c == '{' ? objectOf(level) : arrayOf(level);
                level = level.outer;
                depth--;
            } else {
                done = scanner.scalar(c);
            }
            // A value is complete: hand it to what is around it, and close what ends with it.
            while (true) {
                if (level == null) {
                    return done;
                }
                level.add(done);
                int after = scanner.peek();
                boolean object = level.object != null;
                if (after == ',') {
                    scanner.next();
                    if (object) {
                        scanner.peek();
                        name(level);
                    } else if (scanner.peek() == ']') {
                        throw scanner.invalid("looking for beginning of value");
                    }
                    break;
                }
                if (after != (object ? '}' : ']')) {
                    throw scanner.invalid(object ? "after object key:value pair" : "after array element");
                }
                scanner.next();
                done = object ? objectOf(level) : arrayOf(level);
                level = level.outer;
                depth--;
            }
        }
    }

    private static Value objectOf(Level level) {
        return level.object == null ? NullValue.NULL : level.object;
    }

    private static Value arrayOf(Level level) {
        return level.array == null ? NullValue.NULL : level.array;
    }

    private void name(Level level) {
        int position = scanner.position();
        if (scanner.peek() != '"') {
            throw scanner.invalid("looking for beginning of object key string");
        }
        level.name = scanner.name();
        if (notes != null && level.object != null && level.object.has(level.name)) {
            notes.duplicateField(path(level), position, document);
        }
        if (wanted != null) {
            wanted.computeIfPresent(path(level), (_, known) -> Math.min(known, position));
        }
        if (scanner.peek() != ':') {
            throw scanner.invalid("after object key");
        }
        scanner.next();
        if (scanner.peek() < 0) {
            throw scanner.invalid("");
        }
    }

    private static String path(Level level) {
        StringBuilder path = new StringBuilder();
        for (@Nullable Level at = level; at != null; at = at.outer) {
            if (at.object != null) {
                if (!path.isEmpty() && path.charAt(0) != '[') {
                    path.insert(0, '.');
                }
                path.insert(0, at.name);
            } else if (at.array != null) {
                if (!path.isEmpty() && path.charAt(0) != '[') {
                    path.insert(0, '.');
                }
                path.insert(0, "[" + at.array.size() + "]");
            }
        }
        return path.toString();
    }
}
