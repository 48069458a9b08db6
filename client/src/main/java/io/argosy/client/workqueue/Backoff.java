package io.argosy.client.workqueue;

import java.time.Duration;

/**
 * How long a key waits after its n-th failure in a row: {@code base * 2^n}, at most {@code max}.
 *
 * <p>The standard is upstream's: 5 ms, doubling, at most 1000 s.
 */
public record Backoff(Duration base, Duration max) {

    public static final Backoff STANDARD = new Backoff(Duration.ofMillis(5), Duration.ofSeconds(1000));

    /** @param failures before this one */
    public Duration delay(int failures) {
        double nanos = base.toNanos() * Math.pow(2, failures);
        return nanos >= max.toNanos() ? max : Duration.ofNanos((long) nanos);
    }
}
