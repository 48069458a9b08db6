package io.argosy.apiserver.cache;

import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.codec.Sink;
import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.tree.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Custom resources: stored as JSON with sorted fields and a line end. An item is a comma and the object. */
final class JsonLayout extends Layout {

    private static final String FIELD = "resourceVersion";

    private final GroupVersionKind kind;
    private final Converter converter;
    private final UnaryOperator<ObjectValue> reading;

    JsonLayout(
            GroupVersionKind kind,
            Converter converter,
            UnaryOperator<ObjectValue> reading,
            SelectableFields fields,
            EncodingBudget budget,
            Interner interner) {
        super(fields, budget, interner);
        this.kind = kind;
        this.converter = converter;
        this.reading = reading;
    }

    @Override
    Optional<ObjectValue> mended(ObjectValue object) {
        ObjectValue read = reading.apply(object.copy());
        return read.equals(object) ? Optional.empty() : Optional.of(read);
    }

    @Override
    Encoding encoding() {
        return Encoding.JSON;
    }

    @Override
    ObjectValue tree(byte[] item) {
        ObjectValue object = raw(item);
        String version = object.string("apiVersion").orElse("");
        if (version.equals(kind.apiVersion())) {
            return object;
        }
        ObjectValue converted =
                converter.convert(object, GroupVersion.parse(version).kind(kind.kind()), kind);
        return converted.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
    }

    @Override
    String converted(ObjectValue raw, int place) {
        String version = fields().versionOf(place).orElse(kind.version());
        GroupVersionKind from =
                GroupVersion.parse(raw.string("apiVersion").orElse("")).kind(kind.kind());
        GroupVersionKind to = new GroupVersionKind(kind.group(), version, kind.kind());
        return fields().read(from.equals(to) ? raw : converter.convert(raw, from, to), place);
    }

    @Override
    ObjectValue raw(byte[] item) {
        if (JsonReader.read(item, 1, item.length) instanceof ObjectValue object) {
            return object;
        }
        throw new UnreadableObjectException("not a JSON object");
    }

    @Override
    byte[] encode(ObjectValue object) {
        object.put("apiVersion", kind.apiVersion());
        object.put("kind", kind.kind());
        return written(object);
    }

    @Override
    byte[] written(ObjectValue object) {
        Sink json = new Sink();
        JsonWriter.writeSorted(object, json);
        return json.put('\n').toByteArray();
    }

    @Override
    byte[] item(byte[] stored, long revision) {
        int end = stored.length;
        while (end > 0 && stored[end - 1] <= ' ' && stored[end - 1] >= 0) {
            end--;
        }
        return splice(stored, 0, end, revision);
    }

    @Override
    byte[] withRevision(byte[] item, long revision) {
        return splice(item, 1, item.length, revision);
    }

    /** A comma and the object with a resourceVersion in its metadata, in place of the one there or in its sorted place. */
    static byte[] splice(byte[] json, int from, int to, long revision) {
        JsonPlaces places = JsonPlaces.of(json, from, to, FIELD);
        boolean lead = !places.replaces() && places.last() && !places.first();
        boolean trail = !places.replaces() && !places.last();
        String text = (lead ? "," : "") + "\"" + FIELD + "\":\"" + revision + "\"" + (trail ? "," : "");
        byte[] field = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] item = new byte[1 + (places.start() - from) + field.length + (to - places.end())];
        item[0] = ',';
        System.arraycopy(json, from, item, 1, places.start() - from);
        System.arraycopy(field, 0, item, 1 + places.start() - from, field.length);
        System.arraycopy(json, places.end(), item, 1 + places.start() - from + field.length, to - places.end());
        return item;
    }
}
