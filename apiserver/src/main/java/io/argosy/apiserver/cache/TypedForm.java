package io.argosy.apiserver.cache;

import io.argosy.apimodel.codec.JsonTranscoder;
import io.argosy.apimodel.codec.ProtobufWriter;
import io.argosy.apimodel.codec.Sink;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.tree.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * A version of a built-in resource. Items: protobuf, the field 2 of a list; JSON, a comma and the object without
 * apiVersion and kind, which lists of built-in types leave out.
 */
final class TypedForm extends VersionForm {

    private static final byte[] ENVELOPE_TAIL = {3 << 3 | 2, 0, 4 << 3 | 2, 0};
    private static final int FIELD_1 = 1 << 3 | 2;
    private static final int FIELD_2 = 2 << 3 | 2;

    private final Supplier<ObjectSchema> schema;
    private final byte[] jsonHead;
    private final byte[] envelopeHead;
    private final byte[] listEnvelopeHead;

    TypedForm(
            GroupVersionKind kind,
            String listKind,
            GroupVersionKind storedKind,
            Converter converter,
            Supplier<ObjectSchema> schema) {
        super(kind, listKind, storedKind, converter);
        this.schema = schema;
        this.jsonHead =
                JsonParts.bytes("{\"kind\":\"" + kind.kind() + "\",\"apiVersion\":\"" + kind.apiVersion() + "\",");
        this.envelopeHead = envelopeHead(kind.apiVersion(), kind.kind());
        this.listEnvelopeHead = envelopeHead(kind.apiVersion(), listKind);
    }

    private static byte[] envelopeHead(String apiVersion, String kind) {
        Sink meta = new Sink(64);
        field(FIELD_1, apiVersion.getBytes(StandardCharsets.UTF_8), meta);
        field(FIELD_2, kind.getBytes(StandardCharsets.UTF_8), meta);
        Sink head = new Sink(96).ascii("k8s").put(0);
        field(FIELD_1, meta.toByteArray(), head);
        return head.toByteArray();
    }

    private static void field(int tag, byte[] content, Sink sink) {
        byte[] start = new byte[6];
        start[0] = (byte) tag;
        sink.put(start, 0, ProtobufSplice.write(content.length, start, 1)).put(content);
    }

    @Override
    boolean isStored(byte[] item, Encoding encoding) {
        return encoding == Encoding.PROTOBUF && isStorage();
    }

    @Override
    byte[] makeItem(ObjectImage image, byte[] storedItem, Encoding encoding) {
        return switch (encoding) {
            case PROTOBUF -> protobufItem(image.tree(this));
            case JSON -> isStorage() ? jsonItem(storedItem) : jsonItem(protobufItem(image.tree(this)));
        };
    }

    private byte[] protobufItem(ObjectValue object) {
        byte[] message = ProtobufWriter.write(object, schema.get());
        Sink item = new Sink(message.length + 6);
        field(FIELD_2, message, item);
        return item.toByteArray();
    }

    private byte[] jsonItem(byte[] protobufItem) {
        Sink sink = new Sink(protobufItem.length * 2);
        int from = ProtobufSplice.messageStart(protobufItem);
        JsonTranscoder.transcode(protobufItem, from, protobufItem.length, schema.get(), kind(), sink);
        int rest = sink.size() - jsonHead.length;
        byte[] item = new byte[2 + rest];
        item[0] = ',';
        item[1] = '{';
        System.arraycopy(sink.buffer(), jsonHead.length, item, 2, rest);
        return item;
    }

    @Override
    Body object(ObjectImage image, Encoding encoding) {
        return wrap(image.item(this, encoding), encoding);
    }

    @Override
    public Body encode(ObjectValue object, Encoding encoding) {
        return switch (encoding) {
            case PROTOBUF -> wrap(protobufItem(object), encoding);
            case JSON -> wrap(jsonItem(protobufItem(object)), encoding);
        };
    }

    private Body wrap(byte[] item, Encoding encoding) {
        return encoding == Encoding.PROTOBUF
                ? new Body.Builder(3)
                        .add(envelopeHead)
                        .add(item)
                        .add(ENVELOPE_TAIL)
                        .build()
                : new Body.Builder(3)
                        .add(jsonHead)
                        .add(item, 2, item.length)
                        .add(JsonParts.NEWLINE)
                        .build();
    }

    @Override
    public Body list(ListPage page, Encoding encoding) {
        return switch (encoding) {
            case JSON -> jsonList(page);
            case PROTOBUF -> protobufList(page);
        };
    }

    private Body jsonList(ListPage page) {
        Body.Builder body = new Body.Builder(page.images().size() + 2);
        body.add(JsonParts.bytes("{\"kind\":\"" + listKind() + "\",\"apiVersion\":\"" + kind().apiVersion()
                + "\",\"metadata\":" + JsonParts.listMetadata(page) + ",\"items\":["));
        int comma = 1;
        for (ObjectImage image : page.images()) {
            byte[] item = image.item(this, Encoding.JSON);
            body.add(item, comma, item.length);
            comma = 0;
        }
        return body.add(JsonParts.bytes("]}\n")).build();
    }

    /** The list's message: its metadata as field 1, the items as fields 2. */
    private Body protobufList(ListPage page) {
        Sink meta = new Sink(64);
        field(FIELD_1, new byte[0], meta);
        field(FIELD_2, JsonParts.bytes(Long.toString(page.revision())), meta);
        field(3 << 3 | 2, JsonParts.bytes(page.continueToken()), meta);
        page.remainingItemCount().ifPresent(count -> {
            byte[] number = new byte[6];
            number[0] = 4 << 3;
            meta.put(number, 0, ProtobufSplice.write(Math.toIntExact(count), number, 1));
        });
        Sink metaField = new Sink(96);
        field(FIELD_1, meta.toByteArray(), metaField);

        byte[][] items = new byte[page.images().size()][];
        long length = metaField.size();
        for (int i = 0; i < items.length; i++) {
            items[i] = page.images().get(i).item(this, Encoding.PROTOBUF);
            length += items[i].length;
        }
        Sink head = new Sink(160).put(listEnvelopeHead).put(FIELD_2);
        byte[] size = new byte[6];
        head.put(size, 0, ProtobufSplice.write(Math.toIntExact(length), size, 0));
        head.put(metaField.buffer(), 0, metaField.size());
        Body.Builder body = new Body.Builder(items.length + 2).add(head.toByteArray());
        for (byte[] item : items) {
            body.add(item);
        }
        return body.add(ENVELOPE_TAIL).build();
    }

    @Override
    Body frameBody(CacheEvent.Type type, ObjectImage image, Encoding encoding) {
        byte[] item = image.item(this, encoding);
        return frame(type.name(), item, encoding);
    }

    @Override
    public Body bookmark(CacheEvent.Bookmark bookmark, Encoding encoding) {
        ObjectValue object = Bookmarks.object(kind(), bookmark);
        byte[] item = protobufItem(object);
        return frame("BOOKMARK", encoding == Encoding.JSON ? jsonItem(item) : item, encoding);
    }

    private Body frame(String type, byte[] item, Encoding encoding) {
        if (encoding == Encoding.JSON) {
            return new Body.Builder(4)
                    .add(JsonParts.eventStart(type))
                    .add(jsonHead)
                    .add(item, 2, item.length)
                    .add(JsonParts.EVENT_END)
                    .build();
        }
        return protobufFrame(type, item);
    }

    /** Four bytes of length, then a WatchEvent: the type, and a RawExtension with the object in its envelope. */
    private Body protobufFrame(String type, byte[] item) {
        int object = envelopeHead.length + item.length + ENVELOPE_TAIL.length;
        int raw = 1 + ProtobufSplice.size(object) + object;
        Sink event = new Sink(64);
        field(FIELD_1, JsonParts.bytes(type), event);
        byte[] number = new byte[6];
        number[0] = FIELD_2;
        event.put(number, 0, ProtobufSplice.write(raw, number, 1));
        number[0] = FIELD_1;
        event.put(number, 0, ProtobufSplice.write(object, number, 1));
        int length = event.size() + object;
        byte[] size = {(byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8), (byte) length};
        return new Body.Builder(5)
                .add(size)
                .add(event.toByteArray())
                .add(envelopeHead)
                .add(item)
                .add(ENVELOPE_TAIL)
                .build();
    }
}
