package io.argosy.apiserver.storage.encryption;

/** Stored bytes that cannot be made plain: wrong key, damaged, or encrypted in a way that is not configured. */
public final class SealedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public SealedException(String message) {
        super(message);
    }

    public SealedException(String message, Throwable cause) {
        super(message, cause);
    }
}
