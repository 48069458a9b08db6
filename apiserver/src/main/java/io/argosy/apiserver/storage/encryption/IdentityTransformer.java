package io.argosy.apiserver.storage.encryption;

import java.nio.charset.StandardCharsets;

/** No encryption. */
final class IdentityTransformer implements Transformer {

    private static final byte[] ENCRYPTED = "k8s:enc:".getBytes(StandardCharsets.US_ASCII);

    @Override
    public byte[] seal(String key, byte[] plain) {
        return plain;
    }

    @Override
    public Opened open(String key, byte[] stored) {
        if (PrefixedTransformer.startsWith(stored, ENCRYPTED)) {
            throw new SealedException("identity transformer tried to read encrypted data");
        }
        return new Opened(stored, false);
    }
}
