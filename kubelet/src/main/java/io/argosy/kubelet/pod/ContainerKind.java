package io.argosy.kubelet.pod;

/** The role of a container in its pod. */
public enum ContainerKind {
    /** Runs to its end before the next one starts. */
    INIT,
    /** An init container that restarts always and runs beside the main ones. */
    SIDECAR,
    MAIN,
    /** Added to a running pod, never restarted. */
    EPHEMERAL
}
