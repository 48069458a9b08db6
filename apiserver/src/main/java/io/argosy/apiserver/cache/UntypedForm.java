package io.argosy.apiserver.cache;

import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.Arrays;
import java.util.List;

/** A version of a custom resource: JSON with sorted fields; apiVersion and kind stand in the items of lists too. */
final class UntypedForm extends VersionForm {

    /** Conversions asked for at once. */
    private static final int BATCH = 500;

    /** Fields are sorted, so the version comes first unless an object has strange fields. */
    private final byte[] start;

    UntypedForm(GroupVersionKind kind, String listKind, GroupVersionKind storedKind, Converter converter) {
        super(kind, listKind, storedKind, converter);
        this.start = JsonParts.bytes(",{\"apiVersion\":\"" + kind.apiVersion() + "\",");
    }

    /** Objects stay stored in the version in which they were written last. */
    @Override
    boolean isStored(byte[] item, Encoding encoding) {
        return encoding == Encoding.JSON
                && item.length > start.length
                && Arrays.equals(item, 0, start.length, start, 0, start.length);
    }

    @Override
    byte[] makeItem(ObjectImage image, byte[] storedItem, Encoding encoding) {
        return switch (encoding) {
            case JSON -> jsonItem(fromAny(List.of(image.raw())).getFirst());
            case PROTOBUF -> throw new IllegalArgumentException("custom resources have no protobuf form");
        };
    }

    private static byte[] jsonItem(ObjectValue object) {
        byte[] json = JsonWriter.writeSorted(object);
        byte[] item = new byte[json.length + 1];
        item[0] = ',';
        System.arraycopy(json, 0, item, 1, json.length);
        return item;
    }

    @Override
    Body object(ObjectImage image, Encoding encoding) {
        return wrap(image.item(this, encoding));
    }

    @Override
    public Body encode(ObjectValue object, Encoding encoding) {
        return wrap(jsonItem(object));
    }

    private static Body wrap(byte[] item) {
        return new Body.Builder(2)
                .add(item, 1, item.length)
                .add(JsonParts.NEWLINE)
                .build();
    }

    @Override
    public Body list(ListPage page, Encoding encoding) {
        convert(page.images(), encoding);
        Body.Builder body = new Body.Builder(page.images().size() + 2);
        body.add(JsonParts.bytes("{\"apiVersion\":\"" + kind().apiVersion() + "\",\"items\":["));
        int comma = 1;
        for (ObjectImage image : page.images()) {
            byte[] item = image.item(this, encoding);
            body.add(item, comma, item.length);
            comma = 0;
        }
        return body.add(JsonParts.bytes(
                        "],\"kind\":\"" + listKind() + "\",\"metadata\":" + JsonParts.sortedListMetadata(page) + "}\n"))
                .build();
    }

    /** Converts together what is in another version and was not converted before. */
    private void convert(List<ObjectImage> images, Encoding encoding) {
        List<ObjectImage> others =
                images.stream().filter(image -> !image.has(this, encoding)).toList();
        for (int from = 0; from < others.size(); from += BATCH) {
            List<ObjectImage> batch = others.subList(from, Math.min(others.size(), from + BATCH));
            List<ObjectValue> converted =
                    fromAny(batch.stream().map(ObjectImage::raw).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).keep(this, encoding, jsonItem(converted.get(i)));
            }
        }
    }

    @Override
    Body frameBody(CacheEvent.Type type, ObjectImage image, Encoding encoding) {
        return frame(type.name(), image.item(this, encoding));
    }

    @Override
    public Body bookmark(CacheEvent.Bookmark bookmark, Encoding encoding) {
        return frame("BOOKMARK", jsonItem(Bookmarks.object(kind(), bookmark)));
    }

    private static Body frame(String type, byte[] item) {
        return new Body.Builder(3)
                .add(JsonParts.eventStart(type))
                .add(item, 1, item.length)
                .add(JsonParts.EVENT_END)
                .build();
    }
}
