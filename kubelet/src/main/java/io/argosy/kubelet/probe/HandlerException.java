package io.argosy.kubelet.probe;

/** A hook failed. */
public final class HandlerException extends Exception {

    HandlerException(String message) {
        super(message);
    }

    HandlerException(String message, Throwable cause) {
        super(message, cause);
    }
}
