package io.argosy.apiserver.storage;

/** The store could not be asked, or did not answer in time. A read that failed so may be repeated. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Why a read failed. */
    public enum Reason {
        /** No connection, or it broke. */
        UNAVAILABLE,
        /** No answer in time. */
        TIMEOUT,
        /** The store answered with an error. */
        FAILED
    }

    private final Reason reason;

    public StoreException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public StoreException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
