package io.argosy.kubelet.api;

/** The API server could not be asked, or refused the question. */
public final class ApiUnavailableException extends RuntimeException {

    public ApiUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
