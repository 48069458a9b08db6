package io.argosy.client.request;

/** No answer came: the server cannot be reached, or the connection broke. */
public final class RequestException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean outcomeUnknown;

    /** @param outcomeUnknown whether the request may have reached the server: a write may have been done */
    public RequestException(String message, boolean outcomeUnknown, Throwable cause) {
        super(message, cause);
        this.outcomeUnknown = outcomeUnknown;
    }

    /** Whether a write may have been done: read again before anything else. */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }
}
