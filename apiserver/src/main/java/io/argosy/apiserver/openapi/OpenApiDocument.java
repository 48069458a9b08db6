package io.argosy.apiserver.openapi;

import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.tree.ObjectValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** An OpenAPI document in JSON: what it gives may not be changed. */
public final class OpenApiDocument {

    private final byte[] json;
    private final String hash;

    private OpenApiDocument(byte[] json) {
        this.json = json;
        this.hash = hash(json);
    }

    static OpenApiDocument of(ObjectValue tree) {
        return new OpenApiDocument(JsonWriter.write(tree));
    }

    public byte[] json() {
        return json;
    }

    /** The SHA-512 of the JSON in capital hexadecimal digits; within quotes it is the entity tag. */
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
