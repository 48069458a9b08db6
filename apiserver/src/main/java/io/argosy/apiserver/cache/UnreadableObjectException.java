package io.argosy.apiserver.cache;

/** What is stored under a key is not an object of the resource. */
final class UnreadableObjectException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnreadableObjectException(String message) {
        super(message);
    }
}
