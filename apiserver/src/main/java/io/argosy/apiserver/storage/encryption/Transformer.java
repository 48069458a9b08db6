package io.argosy.apiserver.storage.encryption;

/** Turns objects into what is stored, and back. Safe for all threads. */
public interface Transformer {

    /**
     * What was stored, made plain.
     *
     * @param stale whether it would be stored in another way today: it should be written again
     */
    record Opened(byte[] plain, boolean stale) {}

    /** @param key under which the bytes are stored; an attacker who moves them is found out */
    byte[] seal(String key, byte[] plain);

    /** @throws SealedException when the bytes cannot be made plain */
    Opened open(String key, byte[] stored);

    /** Stores objects as they are, and refuses to take what was encrypted for an object. */
    Transformer IDENTITY = new IdentityTransformer();
}
