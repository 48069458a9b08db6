package io.argosy.client.transport;

import java.io.IOException;

/** The request did not reach the server: repeating it is safe. */
public final class NotSentException extends IOException {

    private static final long serialVersionUID = 1;

    public NotSentException(String message, Throwable cause) {
        super(message, cause);
    }
}
