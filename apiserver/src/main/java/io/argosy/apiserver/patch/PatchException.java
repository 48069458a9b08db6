package io.argosy.apiserver.patch;

/** A patch that cannot be applied to an object. */
public final class PatchException extends Exception {

    private static final long serialVersionUID = 1;

    PatchException(String message) {
        super(message, null, false, false);
    }
}
