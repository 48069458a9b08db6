package io.argosy.client.leader;

import io.argosy.apimodel.meta.ObjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Which lease to hold and how.
 *
 * @param lease namespace and name
 * @param identity of this candidate, different from every other's
 * @param leaseDuration after which others may take a lease that nobody renews
 * @param renewDeadline after which a leader that cannot renew gives up
 * @param retryPeriod between attempts
 */
public record LeaseConfig(
        ObjectKey lease, String identity, Duration leaseDuration, Duration renewDeadline, Duration retryPeriod) {

    public static LeaseConfig standard(String namespace, String name, String identity) {
        return new LeaseConfig(
                new ObjectKey(namespace, name),
                identity,
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2));
    }

    /** What is wrong with the durations, with upstream's texts. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (leaseDuration.compareTo(renewDeadline) <= 0) {
            problems.add("leaseDuration must be greater than renewDeadline");
        }
        if (renewDeadline.toNanos() <= retryPeriod.toNanos() * 1.2) {
            problems.add("renewDeadline must be greater than retryPeriod*JitterFactor");
        }
        if (leaseDuration.compareTo(Duration.ofSeconds(1)) < 0) {
            problems.add("leaseDuration must be greater than zero");
        }
        if (!renewDeadline.isPositive()) {
            problems.add("renewDeadline must be greater than zero");
        }
        if (!retryPeriod.isPositive()) {
            problems.add("retryPeriod must be greater than zero");
        }
        return problems;
    }
}
