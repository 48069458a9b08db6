package io.argosy.apiserver.cache;

import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One version of a resource as it is answered: how single objects, lists and watch events are put together from the items
 * that images hold. One instance for each resource and version, so forms are compared by identity.
 */
public abstract sealed class VersionForm permits TypedForm, UntypedForm {

    private final GroupVersionKind kind;
    private final String listKind;
    private final GroupVersionKind storedKind;
    private final Converter converter;

    VersionForm(GroupVersionKind kind, String listKind, GroupVersionKind storedKind, Converter converter) {
        this.kind = kind;
        this.listKind = listKind;
        this.storedKind = storedKind;
        this.converter = converter;
    }

    public GroupVersionKind kind() {
        return kind;
    }

    public String listKind() {
        return listKind;
    }

    /** Whether objects are stored in this version. */
    public boolean isStorage() {
        return kind.equals(storedKind);
    }

    /** An object of the stored version in this version; the tree given is used up. */
    public ObjectValue fromStored(ObjectValue object) {
        return isStorage() ? object : renamed(converter.convert(object, storedKind, kind), kind);
    }

    /** Objects in whichever version each says that it is; the trees given are used up. One conversion for each version. */
    final List<ObjectValue> fromAny(List<ObjectValue> objects) {
        Map<String, List<Integer>> byVersion = new LinkedHashMap<>();
        for (int i = 0; i < objects.size(); i++) {
            String version = objects.get(i).string("apiVersion").orElse("");
            byVersion.computeIfAbsent(version, _ -> new ArrayList<>()).add(i);
        }
        List<ObjectValue> result = new ArrayList<>(objects);
        byVersion.forEach((version, places) -> {
            if (!version.equals(kind.apiVersion())) {
                GroupVersionKind from = GroupVersion.parse(version).kind(kind.kind());
                List<ObjectValue> converted =
                        converter.convertAll(places.stream().map(objects::get).toList(), from, kind);
                for (int i = 0; i < places.size(); i++) {
                    result.set(places.get(i), renamed(converted.get(i), kind));
                }
            }
        });
        return result;
    }

    /** An object of this version in the stored version; the tree given is used up. */
    public ObjectValue toStored(ObjectValue object) {
        return isStorage() ? object : renamed(converter.convert(object, kind, storedKind), storedKind);
    }

    private static ObjectValue renamed(ObjectValue object, GroupVersionKind kind) {
        object.put("apiVersion", kind.apiVersion());
        object.put("kind", kind.kind());
        return object;
    }

    /** A list of images with its head and tail; nothing is copied that the images have ready. */
    public abstract Body list(ListPage page, Encoding encoding);

    /** A bookmark event for a watcher. */
    public abstract Body bookmark(CacheEvent.Bookmark bookmark, Encoding encoding);

    /** A tree of this version as a single object is answered. */
    public abstract Body encode(ObjectValue object, Encoding encoding);

    /** Whether an image's item is in this form and encoding as it is. */
    abstract boolean isStored(byte[] item, Encoding encoding);

    /** The item of an image in this form, made anew. */
    abstract byte[] makeItem(ObjectImage image, byte[] storedItem, Encoding encoding);

    abstract Body object(ObjectImage image, Encoding encoding);

    /** A watch event in parts. */
    abstract Body frameBody(CacheEvent.Type type, ObjectImage image, Encoding encoding);

    /** A watch event in one array. */
    final byte[] frame(CacheEvent.Type type, ObjectImage image, Encoding encoding) {
        return frameBody(type, image, encoding).toByteArray();
    }
}
