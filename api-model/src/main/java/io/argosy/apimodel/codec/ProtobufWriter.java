package io.argosy.apimodel.codec;

import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.tree.ObjectValue;

/** Writes a tree as the protobuf message of its type. */
public final class ProtobufWriter {

    private ProtobufWriter() {}

    public static byte[] write(ObjectValue tree, ObjectSchema schema) {
        if (!schema.fields().isEmpty()) {
            throw new UnsupportedOperationException("not written yet: " + schema);
        }
        return new byte[0];
    }
}
