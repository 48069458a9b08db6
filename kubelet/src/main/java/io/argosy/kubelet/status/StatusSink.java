package io.argosy.kubelet.status;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Optional;

/** Takes the statuses of pods; whether and when they reach the API is its own affair. Never blocks. */
public interface StatusSink {

    void set(Pod pod, PodStatus status);

    /** What was set last. */
    Optional<PodStatus> get(String uid);

    /** Nothing of the pod is left on this node: if its deletion was asked for, the API may forget it now. */
    void released(Pod pod);

    /** The pod is gone from its source. */
    void forget(String uid);
}
