package io.argosy.apiserver.cache;

import io.argosy.apimodel.codec.Envelope;
import io.argosy.apimodel.codec.ProtobufReader;
import io.argosy.apimodel.codec.ProtobufWriter;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.function.Supplier;

/**
 * Built-in resources: stored as protobuf in an envelope. An item is the field that holds the message, tag and length
 * included: field 2 both of the envelope and of every list type.
 */
final class ProtobufLayout extends Layout {

    private final GroupVersionKind kind;
    private final Supplier<ObjectSchema> schema;

    ProtobufLayout(
            GroupVersionKind kind,
            Supplier<ObjectSchema> schema,
            SelectableFields fields,
            EncodingBudget budget,
            Interner interner) {
        super(fields, budget, interner);
        this.kind = kind;
        this.schema = schema;
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
        return Envelope.write(kind, ProtobufWriter.write(object, schema.get()));
    }

    @Override
    byte[] item(byte[] stored, long revision) {
        Envelope envelope = Envelope.read(stored);
        if (!envelope.kind().equals(kind.kind()) || !envelope.apiVersion().equals(kind.apiVersion())) {
            throw new UnreadableObjectException(
                    "stored as " + envelope.apiVersion() + ", Kind=" + envelope.kind() + " instead of " + kind);
        }
        return ProtobufSplice.item(stored, envelope.from(), envelope.to(), revision);
    }

    @Override
    byte[] withRevision(byte[] item, long revision) {
        return ProtobufSplice.item(item, ProtobufSplice.messageStart(item), item.length, revision);
    }
}
