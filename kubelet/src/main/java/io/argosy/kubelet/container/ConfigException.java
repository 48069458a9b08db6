package io.argosy.kubelet.container;

/**
 * A container cannot be described to the runtime.
 *
 * @see #reason()
 */
public final class ConfigException extends Exception {

    private final String reason;

    public ConfigException(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Something that the container refers to is missing or wrong. */
    public static ConfigException config(String message) {
        return new ConfigException("CreateContainerConfigError", message);
    }

    /** The waiting reason that the API shows. */
    public String reason() {
        return reason;
    }
}
