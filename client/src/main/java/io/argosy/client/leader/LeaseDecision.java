package io.argosy.client.leader;

import java.time.Instant;

/** What a candidate does about the lease it sees. */
sealed interface LeaseDecision {

    /** Somebody else holds it and may still be alive. */
    record Wait(String holder) implements LeaseDecision {}

    /** Write it with these values. */
    record Write(Instant acquired, int transitions) implements LeaseDecision {}

    /**
     * Decides on a lease.
     *
     * @param holder as the lease names it, empty for none
     * @param unchangedNanos how long this candidate has seen it unchanged, by its own monotonic clock
     * @param leaseNanos after which an unchanged lease is free
     */
    static LeaseDecision of(
            String identity,
            String holder,
            Instant acquired,
            int transitions,
            long unchangedNanos,
            long leaseNanos,
            Instant now) {
        if (holder.equals(identity)) {
            return new Write(acquired, transitions);
        }
        if (!holder.isEmpty() && unchangedNanos < leaseNanos) {
            return new Wait(holder);
        }
        return new Write(now, transitions + 1);
    }
}
