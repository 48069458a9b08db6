package io.argosy.kubelet.pod;

import io.fabric8.kubernetes.api.model.Pod;

/** Whether the sandbox a pod has will do. */
public sealed interface SandboxNeed {

    record Keep(String sandboxId) implements SandboxNeed {}

    /**
     * A new one is needed.
     *
     * @param stopOld whether an old one is there to be stopped first
     */
    record Make(int attempt, boolean stopOld) implements SandboxNeed {}

    /** Decides from the newest sandbox; more than one that is ready means none can be trusted. */
    static SandboxNeed of(Pod pod, ObservedPod observed) {
        if (observed.sandboxes().isEmpty()) {
            return new Make(0, false);
        }
        ObservedSandbox newest = observed.sandboxes().getFirst();
        long ready =
                observed.sandboxes().stream().filter(ObservedSandbox::ready).count();
        boolean network = PodView.hostNetwork(pod) == newest.hostNetwork();
        boolean addressed = PodView.hostNetwork(pod) || !newest.ips().isEmpty();
        return ready == 1 && newest.ready() && network && addressed
                ? new Keep(newest.id())
                : new Make(newest.attempt() + 1, true);
    }
}
