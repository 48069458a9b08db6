package io.argosy.kubelet.pod;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;

/** Decides whether a pod that is new to this node may run here. */
@FunctionalInterface
public interface PodAdmission {

    /**
     * Empty when it may; else how it fails.
     *
     * @param running the pods that run here
     */
    Optional<Termination> refuse(Pod pod, List<Pod> running);
}
