package io.argosy.scheduler.columns;

import java.util.Map;

/** What other pods' constraints see of a pod. Replicas of one workload have equal shapes, which are counted together. */
public record PodShape(String namespace, Map<String, String> labels, AffinityTerms terms, boolean terminating) {

    public PodShape {
        labels = Map.copyOf(labels);
    }
}
