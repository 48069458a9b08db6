package io.argosy.scheduler.binding;

import java.util.Optional;

/**
 * What a pod's status shall say of a failed attempt.
 *
 * @param reason {@code Unschedulable} or {@code SchedulerError}
 * @param nominatedNode the promised node, an empty text to take a promise back, or nothing to leave it
 */
public record Failure(String reason, String message, Optional<String> nominatedNode) {

    public static Failure unschedulable(String message, Optional<String> nominatedNode) {
        return new Failure("Unschedulable", message, nominatedNode);
    }

    public static Failure error(String message) {
        return new Failure("SchedulerError", message, Optional.empty());
    }
}
