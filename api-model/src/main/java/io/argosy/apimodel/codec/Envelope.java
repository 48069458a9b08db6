package io.argosy.apimodel.codec;

import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.status.ApiException;
import java.nio.charset.StandardCharsets;

/**
 * What Kubernetes writes around a protobuf object: the four bytes {@code k8s\0}, then a {@code runtime.Unknown} with
 * apiVersion and kind, the object's bytes, and their encoding.
 */
public final class Envelope {

    private static final byte[] MAGIC = {'k', '8', 's', 0};

    private final String apiVersion;
    private final String kind;
    private final byte[] bytes;
    private final int from;
    private final int to;
    private final String contentEncoding;
    private final String contentType;

    private Envelope(
            String apiVersion,
            String kind,
            byte[] bytes,
            int from,
            int to,
            String contentEncoding,
            String contentType) {
        this.apiVersion = apiVersion;
        this.kind = kind;
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.contentEncoding = contentEncoding;
        this.contentType = contentType;
    }

    public String apiVersion() {
        return apiVersion;
    }

    public String kind() {
        return kind;
    }

    /** The whole envelope; the message is at {@link #from()} to {@link #to()}. Not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    public int from() {
        return from;
    }

    public int to() {
        return to;
    }

    public String contentEncoding() {
        return contentEncoding;
    }

    public String contentType() {
        return contentType;
    }

    /** Whether bytes start like an envelope. */
    public static boolean isEnvelope(byte[] bytes) {
        return isEnvelope(bytes, 0, bytes.length);
    }

    public static boolean isEnvelope(byte[] bytes, int from, int to) {
        return to - from >= 4
                && bytes[from] == MAGIC[0]
                && bytes[from + 1] == MAGIC[1]
                && bytes[from + 2] == MAGIC[2]
                && bytes[from + 3] == MAGIC[3];
    }

    /** Reads an envelope; refuses with 400 what is none. */
    public static Envelope read(byte[] bytes) {
        return read(bytes, 0, bytes.length);
    }

    public static Envelope read(byte[] bytes, int from, int to) {
        if (!isEnvelope(bytes, from, to)) {
            throw ApiException.badRequest(
                    "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
        }
        WireReader unknown = new WireReader(bytes, from + 4, to);
        String apiVersion = "";
        String kind = "";
        String encoding = "";
        String type = "";
        int rawFrom = to;
        int rawTo = to;
        while (unknown.next()) {
            switch (unknown.number()) {
                case 1 -> {
                    WireReader meta = unknown.message();
                    while (meta.next()) {
                        switch (meta.number()) {
                            case 1 -> apiVersion = meta.string();
                            case 2 -> kind = meta.string();
                            default -> meta.skip();
                        }
                    }
                }
                case 2 -> {
                    int length = unknown.length();
                    rawFrom = unknown.position();
                    rawTo = rawFrom + length;
                    unknown.advance(length);
                }
                case 3 -> encoding = unknown.string();
                case 4 -> type = unknown.string();
                default -> unknown.skip();
            }
        }
        return new Envelope(apiVersion, kind, bytes, rawFrom, rawTo, encoding, type);
    }

    /** Writes the envelope of an object's message; encoding and content type are left empty, as upstream stores it. */
    public static byte[] write(GroupVersionKind kind, byte[] message) {
        Sink sink = new Sink(message.length + 64);
        write(kind.apiVersion(), kind.kind(), message, 0, message.length, sink);
        return sink.toByteArray();
    }

    public static void write(String apiVersion, String kind, byte[] message, int from, int to, Sink sink) {
        byte[] version = apiVersion.getBytes(StandardCharsets.UTF_8);
        byte[] name = kind.getBytes(StandardCharsets.UTF_8);
        sink.put(MAGIC);
        sink.put(1 << 3 | 2);
        Varint.write(2 + Varint.size(version.length) + version.length + Varint.size(name.length) + name.length, sink);
        sink.put(1 << 3 | 2);
        Varint.write(version.length, sink);
        sink.put(version);
        sink.put(2 << 3 | 2);
        Varint.write(name.length, sink);
        sink.put(name);
        sink.put(2 << 3 | 2);
        Varint.write(to - from, sink);
        sink.put(message, from, to - from);
        sink.put(3 << 3 | 2).put(0);
        sink.put(4 << 3 | 2).put(0);
    }
}
