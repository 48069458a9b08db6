package io.argosy.apiserver.cache;

import io.argosy.apimodel.meta.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys of objects by the value of one selectable field, such as the pods of a node. One thread writes, all read.
 *
 * <p>The writer adds before it publishes a state and removes after, so whoever reads keys and finds the same state
 * published before and after has all keys that match in that state, and perhaps others.
 */
final class FieldIndex {

    private final int field;
    private final Map<String, Set<ObjectKey>> keys = new ConcurrentHashMap<>();

    /** @param field the place of the field among the selectable ones */
    FieldIndex(int field) {
        this.field = field;
    }

    int field() {
        return field;
    }

    /** Before the state with this image is published. Empty values are not held. */
    void add(ObjectImage image) {
        String value = image.fieldAt(field);
        if (!value.isEmpty()) {
            keys.computeIfAbsent(value, _ -> ConcurrentHashMap.newKeySet(4)).add(image.key());
        }
    }

    /** After the state without this image is published; there may be a newer image of its key in it. */
    void remove(ObjectImage before, Optional<ObjectImage> after) {
        String value = before.fieldAt(field);
        if (after.isPresent() && after.get().fieldAt(field).equals(value)) {
            return;
        }
        keys.computeIfPresent(value, (_, set) -> {
            set.remove(before.key());
            return set.isEmpty() ? null : set;
        });
    }

    /** The keys that have a value that is not empty, in the order of the store. */
    List<ObjectKey> with(String value) {
        Set<ObjectKey> found = keys.get(value);
        if (found == null) {
            return List.of();
        }
        List<ObjectKey> sorted = new ArrayList<>(found);
        sorted.sort(KeyOrder::compare);
        return sorted;
    }
}
