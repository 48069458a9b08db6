package io.argosy.scheduler.workloads;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.scheduler.columns.PodInfo;

/** Which pods are of the same kind as a pod. */
@FunctionalInterface
public interface WorkloadSelectors {

    /** What the services that select the pod and the controller that owns it select; everything when there are none. */
    LabelSelector of(PodInfo pod);
}
