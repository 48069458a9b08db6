package io.argosy.kubelet.cri;

/** Labels and annotations by which a kubelet recognises what it made in the runtime; upstream's names. */
public final class Labels {

    public static final String POD_NAME = "io.kubernetes.pod.name";
    public static final String POD_NAMESPACE = "io.kubernetes.pod.namespace";
    public static final String POD_UID = "io.kubernetes.pod.uid";
    public static final String CONTAINER_NAME = "io.kubernetes.container.name";

    public static final String HASH = "io.kubernetes.container.hash";
    public static final String RESTART_COUNT = "io.kubernetes.container.restartCount";
    public static final String TERMINATION_PATH = "io.kubernetes.container.terminationMessagePath";
    public static final String TERMINATION_POLICY = "io.kubernetes.container.terminationMessagePolicy";
    public static final String PRE_STOP = "io.kubernetes.container.preStopHandler";
    public static final String PORTS = "io.kubernetes.container.ports";
    public static final String POD_DELETION_GRACE = "io.kubernetes.pod.deletionGracePeriod";
    public static final String POD_TERMINATION_GRACE = "io.kubernetes.pod.terminationGracePeriod";

    private Labels() {}
}
