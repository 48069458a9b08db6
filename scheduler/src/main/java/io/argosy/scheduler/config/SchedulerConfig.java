package io.argosy.scheduler.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The scheduler's configuration.
 *
 * @param leaderElection empty when there is only one scheduler
 */
public record SchedulerConfig(
        String kubeconfig,
        String master,
        double qps,
        int burst,
        Optional<LeaderElection> leaderElection,
        Duration podInitialBackoff,
        Duration podMaxBackoff,
        Duration podMaxUnschedulable,
        int parallelism,
        int percentageOfNodesToScore,
        List<ProfileConfig> profiles,
        Serving serving) {

    public SchedulerConfig {
        profiles = List.copyOf(profiles);
    }

    /** Which lease to hold and how. */
    public record LeaderElection(
            String namespace, String name, Duration leaseDuration, Duration renewDeadline, Duration retryPeriod) {}
}
