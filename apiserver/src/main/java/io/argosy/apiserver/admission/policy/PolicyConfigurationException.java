package io.argosy.apiserver.admission.policy;

/** A policy or binding that cannot be followed as it stands; its failure policy says what then. */
final class PolicyConfigurationException extends Exception {

    private static final long serialVersionUID = 1;

    PolicyConfigurationException(String message) {
        super(message, null, false, false);
    }

    String message() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
