package io.argosy.kubelet.volume;

/** A volume cannot be made ready; said to the user in a FailedMount event. */
public final class VolumeException extends Exception {

    public VolumeException(String message) {
        super(message);
    }

    public VolumeException(String message, Throwable cause) {
        super(message, cause);
    }
}
