package io.argosy.apimodel.codec;

import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.tree.ObjectValue;

/** Reads the protobuf message of a type into a tree. */
public final class ProtobufReader {

    private ProtobufReader() {}

    public static ObjectValue read(byte[] message, ObjectSchema schema) {
        return read(message, 0, message.length, schema);
    }

    public static ObjectValue read(byte[] message, int from, int to, ObjectSchema schema) {
        if (!schema.fields().isEmpty()) {
            throw new UnsupportedOperationException("not written yet: " + schema);
        }
        return new ObjectValue();
    }
}
