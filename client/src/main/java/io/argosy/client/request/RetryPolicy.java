package io.argosy.client.request;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * When a request is sent again. A pure decision: reads after any failure; writes only when they certainly did nothing
 * (not sent, or refused with 429), because a write without an answer may have been done.
 *
 * @param attempts in all
 * @param base wait before the second attempt, doubling
 * @param longest wait
 */
public record RetryPolicy(int attempts, Duration base, Duration longest) {

    public static final RetryPolicy STANDARD = new RetryPolicy(5, Duration.ofMillis(50), Duration.ofSeconds(30));

    public static final RetryPolicy NEVER = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);

    /** How long to wait before the next attempt; empty to give up. */
    Optional<Duration> afterFailure(int attempt, boolean read, boolean notSent) {
        boolean harmless = read || notSent;
        return harmless && attempt + 1 < attempts ? Optional.of(wait(attempt)) : Optional.empty();
    }

    /** How long to wait before the next attempt; empty to take the answer. */
    Optional<Duration> afterAnswer(int attempt, boolean read, int status, Map<String, String> headers) {
        String after = headers.get("retry-after");
        boolean refused = status == 429 || (read && status >= 500);
        if (after == null || !refused || attempt + 1 >= attempts) {
            return Optional.empty();
        }
        try {
            Duration asked = Duration.ofSeconds(Long.parseLong(after));
            return Optional.of(asked.compareTo(longest) > 0 ? longest : asked);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Duration wait(int attempt) {
        Duration doubled = base.multipliedBy(1L << Math.min(attempt, 20));
        return doubled.compareTo(longest) > 0 ? longest : doubled;
    }
}
