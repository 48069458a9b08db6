package io.argosy.kubelet.probe;

/** What one asking of a container came to. */
sealed interface ProbeResult {

    String output();

    record Success(String output) implements ProbeResult {}

    /** It answered well enough, but not as one would wish. */
    record Warning(String output) implements ProbeResult {}

    record Failure(String output) implements ProbeResult {}

    /** The question could not be put. */
    record Unknown(String output) implements ProbeResult {}

    default boolean succeeded() {
        return this instanceof Success || this instanceof Warning;
    }
}
