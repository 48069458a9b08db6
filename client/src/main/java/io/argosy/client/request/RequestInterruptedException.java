package io.argosy.client.request;

/** The calling thread was interrupted; its interrupt flag is set again. The outcome of a write is unknown. */
public final class RequestInterruptedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public RequestInterruptedException(InterruptedException cause) {
        super("interrupted", cause);
    }
}
