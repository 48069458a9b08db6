package io.argosy.daemon.http;

import java.io.IOException;

/** A request body is not framed as HTTP says; nothing more can be read of its connection. */
public final class MalformedBodyException extends IOException {

    private static final long serialVersionUID = 1;

    MalformedBodyException(String why) {
        super(why);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
