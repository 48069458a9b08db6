package io.argosy.apiserver.authn.token;

/** A token that was once good, or never; the reason is for the log. */
final class InvalidTokenException extends Exception {

    private static final long serialVersionUID = 1;

    private final String reason;

    InvalidTokenException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
