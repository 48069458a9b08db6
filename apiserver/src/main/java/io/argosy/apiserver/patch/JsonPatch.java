package io.argosy.apiserver.patch;

import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.ArrayList;
import java.util.List;

/** JSON patch (RFC 6902): operations on paths (RFC 6901), in order, all or none. */
public final class JsonPatch {

    /** Upstream's limit. */
    private static final int MOST_OPERATIONS = 10_000;

    /** What copy operations may add to an object in all: as much as a request body. */
    private static final long COPY_BYTES = 3 << 20;

    private static final String MISSING = "missing value";

    private final ObjectValue document;
    private long copied;

    private JsonPatch(ObjectValue document) {
        this.document = document;
    }

    /**
     * The changed object; the one given is not changed.
     *
     * @throws ApiException 413 for too many operations, 400 for a patch that is none
     */
    public static ObjectValue apply(ObjectValue object, Value patch) throws PatchException {
        if (!(patch instanceof ArrayValue operations)) {
            throw ApiException.badRequest("error decoding patch: json: cannot unmarshal " + patch.typeName()
                    + " into Go value of type []handlers.jsonPatchOp");
        }
        if (operations.size() > MOST_OPERATIONS) {
            throw ApiException.requestEntityTooLarge("The allowed maximum operations in a JSON patch is "
                    + MOST_OPERATIONS + ", got " + operations.size());
        }
        JsonPatch run = new JsonPatch(object.copy());
        for (Value operation : operations) {
            if (!(operation instanceof ObjectValue step)) {
                throw ApiException.badRequest("error decoding patch: json: cannot unmarshal " + operation.typeName()
                        + " into Go value of type handlers.jsonPatchOp");
            }
            run.step(step);
        }
        return run.document;
    }

    private void step(ObjectValue step) throws PatchException {
        String path = text(step, "path");
        switch (step.string("op").orElse("")) {
            case "add" -> add(path, value(step));
            case "remove" -> remove(path);
            case "replace" -> replace(path, value(step));
            case "move" -> {
                String from = text(step, "from");
                if (path.startsWith(from + "/")) {
                    throw new PatchException("move operation into its own child: " + path);
                }
                Value moved = get(from);
                remove(from);
                add(path, moved);
            }
            case "copy" -> {
                Value original = get(text(step, "from"));
                copied += JsonWriter.write(original).length;
                if (copied > COPY_BYTES) {
                    throw new PatchException("Unable to complete the copy, the accumulated size increase of copy is "
                            + copied + ", exceeding the limit " + COPY_BYTES);
                }
                add(path, original.copy());
            }
            case "test" -> {
                Value expected = step.at("value").orElse(NullValue.NULL);
                Value found;
                try {
                    found = get(path);
                } catch (PatchException absent) {
                    found = NullValue.NULL;
                }
                if (!expected.equals(found)) {
                    throw new PatchException("testing value " + path + " failed: test failed");
                }
            }
            default ->
                throw new PatchException("Unexpected kind: " + step.string("op").orElse("unknown"));
        }
    }

    private static Value value(ObjectValue step) throws PatchException {
        return step.at("value")
                .map(Value::copy)
                .orElseThrow(() -> new PatchException("operation missing value field: " + MISSING));
    }

    private static String text(ObjectValue step, String field) throws PatchException {
        return step.string(field)
                .orElseThrow(() -> new PatchException("operation missing " + field + " field: " + MISSING));
    }

    private static List<String> tokens(String path) throws PatchException {
        if (path.isEmpty()) {
            return List.of();
        }
        if (!path.startsWith("/")) {
            throw new PatchException("path is not a JSON pointer: " + path);
        }
        List<String> tokens = new ArrayList<>();
        for (String token : path.substring(1).split("/", -1)) {
            tokens.add(token.replace("~1", "/").replace("~0", "~"));
        }
        return tokens;
    }

    private Value get(String path) throws PatchException {
        Value value = document;
        for (String token : tokens(path)) {
            value = child(value, token, path);
        }
        return value;
    }

    private Value parent(List<String> tokens, String path) throws PatchException {
        Value value = document;
        for (String token : tokens.subList(0, tokens.size() - 1)) {
            value = child(value, token, path);
        }
        return value;
    }

    private static Value child(Value value, String token, String path) throws PatchException {
        return switch (value) {
            case ObjectValue object -> object.at(token).orElseThrow(() -> missing(path));
            case ArrayValue array -> array.get(index(token, array.size() - 1, path));
            default -> throw missing(path);
        };
    }

    private static PatchException missing(String path) {
        return new PatchException("doc is missing path: " + path + ": " + MISSING);
    }

    /** Negative indexes count from the end, as upstream allows. */
    private static int index(String token, int last, String path) throws PatchException {
        int index;
        try {
            index = Integer.parseInt(token);
        } catch (NumberFormatException _) {
            throw new PatchException("invalid array index in path: " + path);
        }
        if (index < 0) {
            index += last + 1;
        }
        if (index < 0 || index > last) {
            throw new PatchException("Unable to access invalid index: " + token + ": invalid index referenced");
        }
        return index;
    }

    private void add(String path, Value value) throws PatchException {
        List<String> tokens = tokens(path);
        if (tokens.isEmpty()) {
            become(value);
            return;
        }
        String last = tokens.getLast();
        switch (parent(tokens, path)) {
            case ObjectValue object -> object.put(last, value);
            case ArrayValue array when last.equals("-") -> array.add(value);
            case ArrayValue array -> array.items().add(index(last, array.size(), path), value);
            default -> throw missing(path);
        }
    }

    private void replace(String path, Value value) throws PatchException {
        List<String> tokens = tokens(path);
        if (tokens.isEmpty()) {
            become(value);
            return;
        }
        String last = tokens.getLast();
        switch (parent(tokens, path)) {
            case ObjectValue object when object.has(last) -> object.put(last, value);
            case ArrayValue array -> array.items().set(index(last, array.size() - 1, path), value);
            default ->
                throw new PatchException(
                        "replace operation does not apply: doc is missing key: " + path + ": " + MISSING);
        }
    }

    private void remove(String path) throws PatchException {
        List<String> tokens = tokens(path);
        if (tokens.isEmpty()) {
            throw new PatchException("the whole document cannot be removed");
        }
        String last = tokens.getLast();
        switch (parent(tokens, path)) {
            case ObjectValue object when object.has(last) -> object.remove(last);
            case ArrayValue array -> array.items().remove(index(last, array.size() - 1, path));
            default ->
                throw new PatchException(
                        "remove operation does not apply: doc is missing path: " + path + ": " + MISSING);
        }
    }

    private void become(Value value) throws PatchException {
        if (!(value instanceof ObjectValue object)) {
            throw new PatchException("the document must stay an object");
        }
        document.fields().clear();
        object.fields().forEach(document::put);
    }
}
