package io.argosy.apimodel.codec;

import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.schema.AnySchema;
import io.argosy.apimodel.schema.EitherSchema;
import io.argosy.apimodel.schema.Field;
import io.argosy.apimodel.schema.Inline;
import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.MapSchema;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.Presence;
import io.argosy.apimodel.schema.ScalarSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.schema.WireIndex;
import io.argosy.apimodel.status.ApiException;
import java.util.Arrays;

/**
 * Turns a stored protobuf message into JSON from bytes to bytes, without a tree between them; the same bytes as
 * {@link ProtobufReader} and {@link JsonWriter} give.
 *
 * <p>Hot path: of each message it first notes where each field stands, then writes the fields in the order of the type.
 * The places are kept in one array that grows, so that a message allocates nothing but the text of quantities and times.
 */
public final class JsonTranscoder {

    private static final int NONE = -1;

    private final WireCursor in;
    private final Sink out;
    private final JsonScalars scalars;

    /** Two numbers per field of each open message: where its first and its last tag stand; {@link #NONE} for absent. */
    private int[] places = new int[256];

    private int used;
    private int depth;

    private JsonTranscoder(byte[] bytes, Sink out) {
        this.in = new WireCursor(bytes);
        this.out = out;
        this.scalars = new JsonScalars(in, out);
    }

    /**
     * Writes {@code kind} and {@code apiVersion} first, if the type has them, then the fields in the order of the type.
     *
     * @throws ApiException 400, when the bytes are no such message
     */
    public static void transcode(
            byte[] protobuf, int from, int to, ObjectSchema schema, GroupVersionKind kind, Sink sink) {
        JsonTranscoder transcoder = new JsonTranscoder(protobuf, sink);
        sink.reserve((to - from) * 2);
        boolean first = true;
        sink.put('{');
        if (schema.hasTypeMeta()) {
            sink.ascii("\"kind\":");
            JsonText.string(kind.kind(), sink);
            sink.ascii(",\"apiVersion\":");
            JsonText.string(kind.apiVersion(), sink);
            first = false;
        }
        transcoder.fields(from, to, schema, first);
        sink.put('}');
    }

    private void object(int from, int to, ObjectSchema schema) {
        if (++depth > ProtobufReader.MAX_DEPTH) {
            throw ApiException.badRequest("exceeded max depth");
        }
        out.put('{');
        fields(from, to, schema, true);
        out.put('}');
        depth--;
    }

    private void fields(int from, int to, ObjectSchema schema, boolean nothingBefore) {
        int count = schema.fields().size();
        int base = used;
        used += 2 * count;
        if (used > places.length) {
            places = Arrays.copyOf(places, Math.max(used, places.length * 2));
        }
        Arrays.fill(places, base, used, NONE);
        locate(from, to, schema, base);
        boolean first = nothingBefore;
        for (int i = 0; i < count; i++) {
            Field field = schema.fields().get(i);
            int firstTag = places[base + 2 * i];
            if (firstTag == NONE && mayBeAbsent(field.presence())) {
                continue;
            }
            int mark = out.size();
            if (!first) {
                out.put(',');
            }
            out.put(schema.jsonName(i));
            if (field(field, firstTag, places[base + 2 * i + 1], to)) {
                first = false;
            } else {
                out.truncate(mark);
            }
        }
        used = base;
    }

    private static boolean mayBeAbsent(Presence presence) {
        return presence == Presence.OPTIONAL || presence == Presence.ZERO_OMITTED;
    }

    private void locate(int from, int to, ObjectSchema schema, int base) {
        WireIndex wire = schema.wire();
        in.at(from);
        while (in.position() < to) {
            int tagAt = in.position();
            int tag = in.tag(to);
            int member = wire.member(tag >>> 3);
            if (member >= 0 && wire.part(member) >= 0) {
                Inline inline = schema.inlines().get(wire.part(member));
                int length = in.length(to, tag);
                int start = in.position();
                locate(start, start + length, inline.part(), base + 2 * inline.offset());
                in.at(start + length);
                continue;
            }
            if (member >= 0) {
                int place = base + 2 * wire.field(member);
                if (places[place] == NONE) {
                    places[place] = tagAt;
                }
                places[place + 1] = tagAt;
            }
            in.skip(tag, to);
        }
    }

    /** Writes the value of a field; false when the field is not written. */
    private boolean field(Field field, int firstTag, int lastTag, int end) {
        if (firstTag == NONE) {
            return absent(field);
        }
        switch (field.schema()) {
            case ListSchema list when !list.wrapped() -> list(list, firstTag, lastTag, end);
            case MapSchema map -> map(map, firstTag, lastTag, end);
            default -> {
                in.at(lastTag);
                int tag = in.tag(end);
                if (field.schema() instanceof ScalarSchema scalar) {
                    boolean omitZero = field.presence() == Presence.ZERO_OMITTED
                            || (field.presence() == Presence.OPTIONAL && scalar.type() == ScalarSchema.Type.BYTES);
                    return scalars.write(scalar.type(), tag, end, omitZero);
                }
                return single(field.schema(), tag, end);
            }
        }
        return true;
    }

    private boolean absent(Field field) {
        switch (field.presence()) {
            case OPTIONAL, ZERO_OMITTED -> {
                return false;
            }
            case NULLABLE -> out.ascii("null");
            case ALWAYS -> {
                if (field.number() == 0) {
                    JsonWriter.write(Zeros.of(field), out);
                } else {
                    zero(field.schema());
                }
            }
        }
        return true;
    }

    private void zero(Schema schema) {
        if (schema instanceof ObjectSchema object) {
            object(0, 0, object);
        } else {
            JsonWriter.write(Zeros.of(schema), out);
        }
    }

    /** One value whose tag was read; false for a list in a message of its own that is empty. */
    private boolean single(Schema schema, int tag, int end) {
        switch (schema) {
            case ScalarSchema scalar -> scalars.write(scalar.type(), tag, end, false);
            case ObjectSchema object -> {
                int length = in.length(end, tag);
                int start = in.position();
                object(start, start + length, object);
                in.at(start + length);
            }
            case AnySchema _ -> {
                int length = in.length(end, tag);
                int start = in.position();
                RawJson.write(in, start, start + length, out);
                in.at(start + length);
            }
            case ListSchema list -> {
                int length = in.length(end, tag);
                int start = in.position();
                boolean any = length > 0;
                if (any) {
                    list(list, start, start + length - 1, start + length);
                }
                in.at(start + length);
                return any;
            }
            case EitherSchema either -> {
                int length = in.length(end, tag);
                int start = in.position();
                either(either, start, start + length);
                in.at(start + length);
            }
            case MapSchema _ -> throw new IllegalStateException("protobuf has no map of maps");
        }
        return true;
    }

    /** Writes the items between two tags of one number, the last one's value included. */
    private void list(ListSchema list, int firstTag, int lastTag, int end) {
        Schema element = list.element();
        out.put('[');
        boolean first = true;
        in.at(firstTag);
        int wanted = in.tag(end);
        in.at(firstTag);
        while (in.position() <= lastTag) {
            int tag = in.tag(end);
            if (tag >>> 3 != wanted >>> 3) {
                in.skip(tag, end);
                continue;
            }
            if (!first) {
                out.put(',');
            }
            first = false;
            if (scalars.isPacked(element, tag)) {
                scalars.packed(((ScalarSchema) element).type(), end, tag);
            } else if (!single(element, tag, end)) {
                out.ascii("null");
            }
        }
        out.put(']');
    }

    private void map(MapSchema map, int firstTag, int lastTag, int end) {
        in.at(firstTag);
        int wanted = in.tag(end);
        in.at(firstTag);
        int mark = out.size();
        out.put('{');
        boolean first = true;
        int keyFrom = 0;
        int keyTo = -1;
        while (in.position() <= lastTag) {
            int tag = in.tag(end);
            if (tag >>> 3 != wanted >>> 3) {
                in.skip(tag, end);
                continue;
            }
            int length = in.length(end, tag);
            int start = in.position();
            MapEntry entry = MapEntry.read(in, start, start + length);
            if (keyTo >= 0 && !in.ascending(keyFrom, keyTo, entry.keyFrom(), entry.keyTo())) {
                out.truncate(mark);
                unsorted(map, firstTag, lastTag, end);
                return;
            }
            keyFrom = entry.keyFrom();
            keyTo = entry.keyTo();
            if (!first) {
                out.put(',');
            }
            first = false;
            JsonText.utf8(in.bytes(), keyFrom, keyTo, out);
            out.put(':');
            entryValue(map, entry, start + length);
            in.at(start + length);
        }
        out.put('}');
    }

    private void entryValue(MapSchema map, MapEntry entry, int end) {
        if (entry.valueTag() == NONE) {
            zero(map.values());
            return;
        }
        in.at(entry.valueTag());
        if (!single(map.values(), in.tag(end), end)) {
            out.ascii("null");
        }
    }

    /** Entries in another order than Kubernetes writes them: through a tree. */
    private void unsorted(MapSchema map, int firstTag, int lastTag, int end) {
        in.at(lastTag);
        in.skip(in.tag(end), end);
        JsonWriter.write(ProtobufReader.map(in.bytes(), firstTag, in.position(), map), out);
    }

    private void either(EitherSchema either, int from, int to) {
        int objectTag = NONE;
        int plainFirst = NONE;
        int plainLast = NONE;
        in.at(from);
        while (in.position() < to) {
            int tagAt = in.position();
            int tag = in.tag(to);
            if (tag >>> 3 == either.form().objectNumber()) {
                objectTag = tagAt;
            } else if (tag >>> 3 == either.form().plainNumber()) {
                plainFirst = plainFirst == NONE ? tagAt : plainFirst;
                plainLast = tagAt;
            }
            in.skip(tag, to);
        }
        if (objectTag != NONE) {
            in.at(objectTag);
            single(either.object().get(), in.tag(to), to);
        } else if (plainFirst == NONE) {
            zero(either.plain());
        } else if (either.plain() instanceof ListSchema list) {
            list(list, plainFirst, plainLast, to);
        } else {
            in.at(plainLast);
            single(either.plain(), in.tag(to), to);
        }
    }
}
