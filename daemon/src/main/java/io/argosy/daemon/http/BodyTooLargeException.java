package io.argosy.daemon.http;

import java.io.IOException;

/** A request body is longer than its limit. */
public final class BodyTooLargeException extends IOException {

    private static final long serialVersionUID = 1;

    private final long limit;

    public BodyTooLargeException(long limit) {
        super("limit is " + limit);
        this.limit = limit;
    }

    public long limit() {
        return limit;
    }
}
