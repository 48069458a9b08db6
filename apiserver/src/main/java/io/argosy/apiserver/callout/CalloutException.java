package io.argosy.apiserver.callout;

/** A call that brought no answer, or one that is none; the message is for the client of the API. */
public final class CalloutException extends Exception {

    private static final long serialVersionUID = 1;

    public CalloutException(String message) {
        super(message, null, false, false);
    }

    /** Never empty. */
    public String message() {
        String message = getMessage();
        return message == null ? "unknown error" : message;
    }
}
