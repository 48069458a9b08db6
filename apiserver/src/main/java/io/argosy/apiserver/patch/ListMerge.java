package io.argosy.apiserver.patch;

import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Merges a list by its key, or as a set. */
final class ListMerge {

    private static final String PATCH = "$patch";

    private ListMerge() {}

    static ArrayValue merge(ArrayValue original, ArrayValue patch, Optional<ArrayValue> order, @Nullable Schema schema)
            throws PatchException {
        Optional<ListSchema> merging = StrategicMerge.merging(schema);
        if (merging.isEmpty()) {
            return (ArrayValue) StrategicMerge.plain(patch);
        }
        ListSchema list = merging.get();
        ArrayValue before = original.copy();
        ArrayValue merged = list.patch().mergeKey().isEmpty() ? union(original, patch) : byKey(original, patch, list);
        return ordered(merged, before, order.orElse(plainItems(patch)), schema);
    }

    /** The items of a patch that are no directives: without another order told, theirs holds. */
    private static ArrayValue plainItems(ArrayValue patch) {
        ArrayValue plain = new ArrayValue();
        for (Value item : patch) {
            if (!(item instanceof ObjectValue object) || object.string(PATCH).isEmpty()) {
                plain.add(item);
            }
        }
        return plain;
    }

    private static ArrayValue union(ArrayValue original, ArrayValue patch) {
        ArrayValue merged = new ArrayValue();
        for (Value item : original) {
            if (!merged.items().contains(item)) {
                merged.add(item);
            }
        }
        for (Value item : patch) {
            if (!merged.items().contains(item)) {
                merged.add(item);
            }
        }
        return merged;
    }

    private static ArrayValue byKey(ArrayValue original, ArrayValue patch, ListSchema list) throws PatchException {
        String key = list.patch().mergeKey();
        ArrayValue changes = new ArrayValue();
        boolean replaces = false;
        for (Value item : patch) {
            ObjectValue change = object(item);
            Optional<String> directive = change.string(PATCH);
            if (directive.isEmpty()) {
                changes.add(change);
                continue;
            }
            switch (directive.get()) {
                case "delete" -> {
                    Value name = name(change, key);
                    original.items()
                            .removeIf(old -> old instanceof ObjectValue there
                                    && there.at(key).equals(Optional.of(name)));
                }
                case "replace" -> replaces = true;
                case "merge" -> throw new PatchException("merging list cannot yet be specified in the patch");
                default -> throw new PatchException("delete patch type with no merge key defined: " + directive.get());
            }
        }
        if (replaces) {
            return (ArrayValue) StrategicMerge.plain(changes);
        }
        for (Value item : changes) {
            mergeInto(original, object(item), key, list);
        }
        return original;
    }

    private static void mergeInto(ArrayValue original, ObjectValue change, String key, ListSchema list)
            throws PatchException {
        Value name = name(change, key);
        for (int i = 0; i < original.size(); i++) {
            if (original.get(i) instanceof ObjectValue there && there.at(key).equals(Optional.of(name))) {
                original.items().set(i, StrategicMerge.mergeItem(there, change, list.element()));
                return;
            }
        }
        original.add(StrategicMerge.plain(change));
    }

    private static ObjectValue object(Value item) throws PatchException {
        if (item instanceof ObjectValue object) {
            return object;
        }
        throw new PatchException("expecting a map with the merge key but got: " + item);
    }

    private static Value name(ObjectValue item, String key) throws PatchException {
        return item.at(key)
                .orElseThrow(() ->
                        new PatchException("map: " + shown(item) + " does not contain declared merge key: " + key));
    }

    /** As upstream shows a map: {@code map[image:x]}. */
    private static String shown(ObjectValue item) {
        return item.fields().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .map(field -> field.getKey() + ":"
                        + (field.getValue() instanceof StringValue text
                                ? text.value()
                                : new String(JsonWriter.write(field.getValue()), StandardCharsets.UTF_8)))
                .collect(Collectors.joining(" ", "map[", "]"));
    }

    /** Items in the order told; those that it does not tell keep their places among each other, as they stood before. */
    static ArrayValue ordered(ArrayValue merged, ArrayValue before, ArrayValue order, @Nullable Schema schema) {
        Optional<ListSchema> merging = StrategicMerge.merging(schema);
        if (merging.isEmpty()) {
            return merged;
        }
        String key = merging.get().patch().mergeKey();
        List<Value> told = new ArrayList<>();
        for (Value item : order) {
            told.add(id(item, key));
        }
        List<Value> beforeIds = new ArrayList<>();
        for (Value item : before) {
            beforeIds.add(id(item, key));
        }
        List<Value> patched = new ArrayList<>();
        List<Value> others = new ArrayList<>();
        for (Value item : merged) {
            (told.contains(id(item, key)) ? patched : others).add(item);
        }
        patched.sort((a, b) -> Integer.compare(told.indexOf(id(a, key)), told.indexOf(id(b, key))));
        ArrayValue result = new ArrayValue();
        int p = 0;
        int o = 0;
        while (p < patched.size() && o < others.size()) {
            int placeOfPatched = beforeIds.indexOf(id(patched.get(p), key));
            int placeOfOther = beforeIds.indexOf(id(others.get(o), key));
            boolean otherFirst = placeOfPatched >= 0 && placeOfOther >= 0 && placeOfOther < placeOfPatched;
            result.add(otherFirst ? others.get(o++) : patched.get(p++));
        }
        while (p < patched.size()) {
            result.add(patched.get(p++));
        }
        while (o < others.size()) {
            result.add(others.get(o++));
        }
        return result;
    }

    private static Value id(Value item, String key) {
        return !key.isEmpty() && item instanceof ObjectValue object
                ? object.at(key).orElse(item)
                : item;
    }
}
