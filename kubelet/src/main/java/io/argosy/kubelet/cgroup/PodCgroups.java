package io.argosy.kubelet.cgroup;

import io.argosy.kubelet.cri.v1.LinuxContainerResources;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;

/** The control groups of pods. Every call is idempotent. */
public interface PodCgroups {

    /** Makes the pod's group, with the limits that hold for the pod as a whole. */
    void ensure(Pod pod) throws IOException;

    /** The pod's group as the runtime wants it named. */
    String parent(Pod pod);

    /** The sum of what the pod's containers ask for, for the sandbox. */
    LinuxContainerResources sandboxResources(Pod pod);

    /** Removes the pod's group; there is nothing in it any more. */
    void remove(Pod pod) throws IOException;
}
