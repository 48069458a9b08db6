package io.argosy.apiserver.cache;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the objects of one resource are stored: what bytes go to the store, and how images are made from them. The bytes of
 * an image are an item of a list in the stored version, as a protobuf field or as JSON after a comma, so that lists and
 * single objects are made of the same array.
 */
abstract sealed class Layout permits ProtobufLayout, JsonLayout {

    private final SelectableFields fields;
    private final EncodingBudget budget;
    private final Interner interner;

    Layout(SelectableFields fields, EncodingBudget budget, Interner interner) {
        this.fields = fields;
        this.budget = budget;
        this.interner = interner;
    }

    SelectableFields fields() {
        return fields;
    }

    EncodingBudget budget() {
        return budget;
    }

    /** The encoding of {@link #tree} and of items. */
    abstract Encoding encoding();

    /** An item's tree in the stored version. */
    abstract ObjectValue tree(byte[] item);

    /** An item's tree in whichever version it was written. */
    ObjectValue raw(byte[] item) {
        return tree(item);
    }

    /** The value of a selectable field that another version than the stored one has. */
    String converted(ObjectValue raw, int place) {
        return fields.read(raw, place);
    }

    /** What is stored for an object: without resourceVersion and selfLink, which are taken out of the tree. */
    final byte[] stored(ObjectValue object) {
        object.object("metadata").ifPresent(metadata -> {
            metadata.remove("resourceVersion");
            metadata.remove("selfLink");
        });
        return encode(object);
    }

    abstract byte[] encode(ObjectValue object);

    /** As {@link #encode}, of an object that stays in its version. */
    byte[] written(ObjectValue object) {
        return encode(object);
    }

    /** The item of stored bytes at a revision. */
    abstract byte[] item(byte[] stored, long revision);

    /** An item at another revision. */
    abstract byte[] withRevision(byte[] item, long revision);

    /** An image of stored bytes. */
    final ObjectImage read(ObjectKey key, byte[] stored, long revision) {
        byte[] item = item(stored, revision);
        ObjectValue object = raw(item);
        return mended(object)
                .map(mended -> image(key, revision, mended, item(written(mended), revision)))
                .orElseGet(() -> image(key, revision, object, item));
    }

    /** The object as it would be stored today, when that is not how it is stored. */
    abstract Optional<ObjectValue> mended(ObjectValue object);

    /** An image of stored bytes of which the tree is at hand. */
    final ObjectImage read(ObjectKey key, byte[] stored, long revision, ObjectValue object) {
        return image(key, revision, object, item(stored, revision));
    }

    private ObjectImage image(ObjectKey key, long revision, ObjectValue object, byte[] item) {
        ObjectKey shared = new ObjectKey(interner.share(key.namespace()), key.name());
        return new ObjectImage(this, shared, revision, labels(object), fields.read(object, interner), item);
    }

    private Map<String, String> labels(ObjectValue object) {
        ObjectValue labels = object.object("metadata", "labels").orElse(null);
        if (labels == null || labels.isEmpty()) {
            return Map.of();
        }
        Map<String, String> shared = new HashMap<>();
        for (Map.Entry<String, Value> label : labels.fields().entrySet()) {
            if (label.getValue() instanceof StringValue text) {
                shared.put(interner.share(label.getKey()), interner.share(text.value()));
            }
        }
        return Map.copyOf(shared);
    }
}
