package io.argosy.controllermanager.autoscaler;

import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricStatus;

/** What one metric of an autoscaler came to. */
sealed interface Measured {

    /**
     * A proposal.
     *
     * @param name of the metric, for people
     */
    record Proposal(int replicas, String name, MetricStatus status) implements Measured {}

    /**
     * It could not be measured.
     *
     * @param reason of the condition and of the event
     * @param message what went wrong
     * @param error the same with what was tried
     */
    record Failure(String reason, String message, String error) implements Measured {}
}
