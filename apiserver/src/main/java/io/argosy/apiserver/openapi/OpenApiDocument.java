package io.argosy.apiserver.openapi;

import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.tree.ObjectValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** An OpenAPI document in JSON and, once asked for, in protobuf: what it gives may not be changed. */
public final class OpenApiDocument {

    private final byte[] json;
    private final String hash;
    private final WireTable table;
    private Optional<byte[]> protobuf = Optional.empty();

    private OpenApiDocument(byte[] json, Dialect dialect) {
        this.json = json;
        this.hash = hash(json);
        this.table = switch (dialect) {
            case V2 -> WireTable.V2;
            case V3 -> WireTable.V3;
        };
    }

    static OpenApiDocument of(ObjectValue tree, Dialect dialect) {
        return new OpenApiDocument(JsonWriter.write(tree), dialect);
    }

    public byte[] json() {
        return json;
    }

    public synchronized byte[] protobuf() {
        if (protobuf.isEmpty()) {
            protobuf = Optional.of(new WireWriter(table).document(JsonReader.readObject(json)));
        }
        return protobuf.get();
    }

    /** The SHA-512 of the JSON in capital hexadecimal digits; within quotes it is the entity tag of both forms. */
    public String hash() {
        return hash;
    }

    private static String hash(byte[] json) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-512").digest(json);
            return HexFormat.of().withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
