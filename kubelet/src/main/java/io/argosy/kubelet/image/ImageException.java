package io.argosy.kubelet.image;

/** An image cannot be had now. */
public final class ImageException extends Exception {

    private final String reason;

    ImageException(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** The waiting reason that the API shows: {@code ErrImagePull}, {@code ImagePullBackOff}, ... */
    public String reason() {
        return reason;
    }
}
