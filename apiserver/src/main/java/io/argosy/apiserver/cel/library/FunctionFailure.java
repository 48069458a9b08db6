package io.argosy.apiserver.cel.library;

/** A function, or a variable, that has no value for what it was given; the words are for users. */
public final class FunctionFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    public FunctionFailure(String words) {
        super(words, null, false, false);
    }

    public String words() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
