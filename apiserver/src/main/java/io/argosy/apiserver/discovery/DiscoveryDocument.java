package io.argosy.apiserver.discovery;

import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.tree.ObjectValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A document about the API, made once and shared: what it gives may not be changed. */
public final class DiscoveryDocument {

    private final ObjectValue tree;
    private final byte[] json;
    private final String etag;

    private DiscoveryDocument(ObjectValue tree, byte[] json) {
        this.tree = tree;
        this.json = json;
        this.etag = '"' + HexFormat.of().withUpperCase().formatHex(sha512(json)) + '"';
    }

    static DiscoveryDocument of(ObjectValue tree) {
        return new DiscoveryDocument(tree, JsonWriter.write(tree));
    }

    /** For encodings other than JSON. */
    public ObjectValue tree() {
        return tree;
    }

    /** What most clients get. */
    public byte[] json() {
        return json;
    }

    /** The entity tag with its quotes: the SHA-512 of the JSON in capital hexadecimal digits. */
    public String etag() {
        return etag;
    }

    private static byte[] sha512(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-512").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
