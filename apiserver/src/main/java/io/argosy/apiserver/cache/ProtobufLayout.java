package io.argosy.apiserver.cache;

import io.argosy.apimodel.codec.Envelope;
import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.codec.JsonTranscoder;
import io.argosy.apimodel.codec.ProtobufReader;
import io.argosy.apimodel.codec.ProtobufWriter;
import io.argosy.apimodel.codec.Sink;
import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Built-in resources: stored as protobuf in an envelope; of two groups as JSON, and JSON is read of all. An item is the field that holds the message, tag and length
 * included: field 2 both of the envelope and of every list type.
 */
final class ProtobufLayout extends Layout {

    /** Groups whose servers, in upstream, store JSON. */
    private static final Set<String> STORED_AS_JSON = Set.of("apiextensions.k8s.io", "apiregistration.k8s.io");

    private final GroupVersionKind kind;
    private final Supplier<ObjectSchema> schema;
    private final Map<String, Supplier<ObjectSchema>> readable;
    private final Converter converter;

    /**
     * @param kind the version in which objects are written
     * @param readable schemas of all versions in which they may have been written, by apiVersion
     */
    ProtobufLayout(
            GroupVersionKind kind,
            Supplier<ObjectSchema> schema,
            Map<String, Supplier<ObjectSchema>> readable,
            Converter converter,
            SelectableFields fields,
            EncodingBudget budget,
            Interner interner) {
        super(fields, budget, interner);
        this.kind = kind;
        this.schema = schema;
        this.readable = Map.copyOf(readable);
        this.converter = converter;
    }

    @Override
    Optional<ObjectValue> mended(ObjectValue object) {
        return Optional.empty();
    }

    @Override
    Encoding encoding() {
        return Encoding.PROTOBUF;
    }

    @Override
    ObjectValue tree(byte[] item) {
        int from = ProtobufSplice.messageStart(item);
        return typed(kind, ProtobufReader.read(item, from, item.length, schema.get()));
    }

    /** A tree with kind and apiVersion as its first fields. */
    static ObjectValue typed(GroupVersionKind kind, ObjectValue object) {
        ObjectValue typed = new ObjectValue().put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
        object.fields().forEach((name, value) -> {
            if (!typed.has(name)) {
                typed.put(name, value);
            }
        });
        return typed;
    }

    @Override
    byte[] encode(ObjectValue object) {
        byte[] message = ProtobufWriter.write(object, schema.get());
        if (!STORED_AS_JSON.contains(kind.group())) {
            return Envelope.write(kind, message);
        }
        Sink json = new Sink(message.length * 2);
        JsonTranscoder.transcode(message, 0, message.length, schema.get(), kind, json);
        return json.put('\n').toByteArray();
    }

    @Override
    byte[] item(byte[] stored, long revision) {
        if (stored.length > 0 && stored[0] == '{') {
            ObjectValue object = JsonReader.readObject(stored);
            return encoded(inStoredVersion(object, object.string("apiVersion").orElse("")), revision);
        }
        Envelope envelope = Envelope.read(stored);
        if (!envelope.kind().equals(kind.kind())) {
            throw new UnreadableObjectException("stored as " + envelope.kind() + " instead of " + kind);
        }
        if (envelope.apiVersion().equals(kind.apiVersion())) {
            return ProtobufSplice.item(stored, envelope.from(), envelope.to(), revision);
        }
        Supplier<ObjectSchema> other = readable.get(envelope.apiVersion());
        if (other == null) {
            throw new UnreadableObjectException("stored in the unknown version " + envelope.apiVersion());
        }
        ObjectValue object = ProtobufReader.read(stored, envelope.from(), envelope.to(), other.get());
        return encoded(inStoredVersion(object, envelope.apiVersion()), revision);
    }

    private byte[] encoded(ObjectValue object, long revision) {
        byte[] message = ProtobufWriter.write(object, schema.get());
        return ProtobufSplice.item(message, 0, message.length, revision);
    }

    /** What another server stored in another version. */
    private ObjectValue inStoredVersion(ObjectValue object, String apiVersion) {
        if (apiVersion.equals(kind.apiVersion())) {
            return object;
        }
        if (apiVersion.equals(StoredDefinitions.API_VERSION)) {
            return StoredDefinitions.toV1(object);
        }
        GroupVersionKind from = GroupVersion.parse(apiVersion).kind(kind.kind());
        return converter.convert(object, from, kind);
    }

    @Override
    byte[] withRevision(byte[] item, long revision) {
        return ProtobufSplice.item(item, ProtobufSplice.messageStart(item), item.length, revision);
    }
}
