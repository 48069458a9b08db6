package io.argosy.kubelet.cri;

import io.grpc.Status;

/** The runtime refused a call, failed at it, or could not be reached. */
public final class RuntimeCallException extends RuntimeException {

    private final Status.Code code;

    public RuntimeCallException(Status.Code code, String message) {
        super(message);
        this.code = code;
    }

    public RuntimeCallException(Status.Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public Status.Code code() {
        return code;
    }

    /** Whether the runtime did not answer in time. */
    public boolean timedOut() {
        return code == Status.Code.DEADLINE_EXCEEDED;
    }

    /** The error as upstream's components print it, so that events and messages read the same. */
    public String describe() {
        return "rpc error: code = " + spelled(code) + " desc = " + getMessage();
    }

    private static String spelled(Status.Code code) {
        StringBuilder out = new StringBuilder();
        for (String word : code.name().split("_")) {
            out.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        return out.toString().replace("Ok", "OK");
    }
}
