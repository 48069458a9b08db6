package io.argosy.apiserver.cache;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One object at one revision, immutable: its key, its labels and selectable fields (all that reads look at), and its bytes
 * in the form in which lists hold it, with the revision in them. Other encodings are made from the bytes when first asked
 * for and kept while the {@link EncodingBudget} lasts.
 */
public final class ObjectImage {

    private final Layout layout;
    private final ObjectKey key;
    private final long revision;
    private final Map<String, String> labels;
    private final @Nullable String[] fields;
    private final byte[] item;
    private volatile @Nullable Kept kept;

    /** An encoding that has been made, and those before it. */
    private record Kept(
            VersionForm form,
            Encoding encoding,
            byte[] item,
            @Nullable Kept more) {}

    /**
     * @param fields values of the resource's selectable fields, in their order
     * @param item the object as an item of a list in its stored version and encoding
     */
    ObjectImage(
            Layout layout,
            ObjectKey key,
            long revision,
            Map<String, String> labels,
            @Nullable String[] fields,
            byte[] item) {
        this.layout = layout;
        this.key = key;
        this.revision = revision;
        this.labels = labels;
        this.fields = fields;
        this.item = item;
    }

    public ObjectKey key() {
        return key;
    }

    /** The revision of the write that made this state: its {@code resourceVersion}. */
    public long revision() {
        return revision;
    }

    public String resourceVersion() {
        return Long.toString(revision);
    }

    public Map<String, String> labels() {
        return labels;
    }

    /** The value of a selectable field; empty when the resource has no such field. */
    public Optional<String> field(String name) {
        return switch (name) {
            case "metadata.name" -> Optional.of(key.name());
            case "metadata.namespace" -> Optional.of(key.namespace());
            default ->
                layout.fields().has(name) ? Optional.of(fieldAt(layout.fields().place(name))) : Optional.empty();
        };
    }

    /** The object in the version in which it is stored, resourceVersion included: a tree of the caller's own. */
    public ObjectValue tree() {
        return layout.tree(item);
    }

    /** The object in another version. */
    public ObjectValue tree(VersionForm form) {
        return layout.encoding() == Encoding.JSON ? form.fromAny(List.of(raw())).getFirst() : form.fromStored(tree());
    }

    /** The object in whichever version it was written. */
    ObjectValue raw() {
        return layout.raw(item);
    }

    /** The whole object as it is answered to a get. */
    public Body body(VersionForm form, Encoding encoding) {
        return form.object(this, encoding);
    }

    /** Bytes that this image holds by itself, made encodings not counted. */
    public int size() {
        return item.length;
    }

    /** Whether this image's bytes are the same as an item's. */
    boolean holds(byte[] otherItem) {
        return Arrays.equals(item, otherItem);
    }

    /** The value of a selectable field; one of another version is read, after a conversion, when it is first asked for. */
    String fieldAt(int place) {
        String value = fields[place];
        if (value == null) {
            value = layout.converted(raw(), place);
            fields[place] = value;
        }
        return value;
    }

    int fieldCount() {
        return fields.length;
    }

    /** This state at a later revision: how it is told when the object leaves somebody's sight. */
    ObjectImage at(long laterRevision) {
        return new ObjectImage(layout, key, laterRevision, labels, fields, layout.withRevision(item, laterRevision));
    }

    /** The object as an item of a list in a form; made once while the budget lasts. */
    byte[] item(VersionForm form, Encoding encoding) {
        if (form.isStored(item, encoding)) {
            return item;
        }
        for (Kept made = kept; made != null; made = made.more()) {
            if (made.encoding() == encoding && made.form() == form) {
                return made.item();
            }
        }
        return make(form, encoding);
    }

    /** Whether {@link #item} has nothing to make. */
    boolean has(VersionForm form, Encoding encoding) {
        if (form.isStored(item, encoding)) {
            return true;
        }
        for (Kept made = kept; made != null; made = made.more()) {
            if (made.encoding() == encoding && made.form() == form) {
                return true;
            }
        }
        return false;
    }

    private byte[] make(VersionForm form, Encoding encoding) {
        byte[] made = form.makeItem(this, item, encoding);
        keep(form, encoding, made);
        return made;
    }

    /** Takes an encoding that was made for this image. */
    void keep(VersionForm form, Encoding encoding, byte[] made) {
        synchronized (this) {
            kept = new Kept(form, encoding, made, kept);
        }
        layout.budget().made(this, made.length);
    }

    /** Gives the made encodings back. */
    void dropEncodings() {
        kept = null;
    }

    @Override
    public String toString() {
        return key + "@" + revision + Arrays.toString(fields);
    }
}
