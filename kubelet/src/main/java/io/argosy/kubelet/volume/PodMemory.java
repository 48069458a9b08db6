package io.argosy.kubelet.volume;

import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;

/** The memory that a pod may use as a whole. Pure. */
final class PodMemory {

    private PodMemory() {}

    /** Bytes; 0 when any main container has no limit. */
    static long limit(Pod pod) {
        long sum = 0;
        for (Container container : PodView.mains(pod)) {
            Quantity limit = container.getResources() == null
                    ? null
                    : PodView.orEmpty(container.getResources().getLimits()).get("memory");
            if (limit == null) {
                return 0;
            }
            sum += limit.getNumericalAmount().longValue();
        }
        return sum;
    }
}
