package io.argosy.apimodel.codec;

import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.schema.ObjectSchema;

/** Turns a stored protobuf message into JSON. */
public final class JsonTranscoder {

    private JsonTranscoder() {}

    /** Writes {@code kind} and {@code apiVersion} first, then the fields in the order of the type. */
    public static void transcode(
            byte[] protobuf, int from, int to, ObjectSchema schema, GroupVersionKind kind, Sink sink) {
        JsonWriter.write(ProtobufReader.read(protobuf, from, to, schema, kind), sink);
    }
}
