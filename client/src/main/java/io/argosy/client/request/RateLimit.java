package io.argosy.client.request;

import io.argosy.daemon.clock.Clock;
import java.time.Duration;
import java.util.Optional;

/** A token bucket: {@code qps} requests a second on average, {@code burst} at once. Thread-safe. */
public final class RateLimit {

    private final double perNano;
    private final int burst;
    private final Clock clock;
    private double tokens;
    private long at;

    public RateLimit(double qps, int burst, Clock clock) {
        this.perNano = qps / 1e9;
        this.burst = burst;
        this.clock = clock;
        this.tokens = burst;
        this.at = clock.nanoTime();
    }

    /** The limit that flags and configurations mean: none if {@code qps} is not positive. */
    public static Optional<RateLimit> of(double qps, int burst, Clock clock) {
        return qps > 0 ? Optional.of(new RateLimit(qps, Math.max(1, burst), clock)) : Optional.empty();
    }

    /** Waits for a token. */
    void acquire() throws InterruptedException {
        Duration wait = reserve();
        if (wait.isPositive()) {
            clock.sleep(wait);
        }
    }

    /** Takes a token, perhaps one that is yet to come; tells how long to wait for it. */
    synchronized Duration reserve() {
        long now = clock.nanoTime();
        tokens = Math.min(burst, tokens + (now - at) * perNano);
        at = now;
        tokens -= 1;
        return tokens >= 0 ? Duration.ZERO : Duration.ofNanos((long) (-tokens / perNano));
    }
}
