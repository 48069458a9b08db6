package io.argosy.kubelet.pod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void doublesFromTenSecondsToFiveMinutes() {
        Backoff backoff = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(5));
        Instant now = START;
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            backoff.failed("k", now);
            Duration wait = backoff.waiting("k", now, now).orElseThrow();
            waits.add(wait.toSeconds());
            now = now.plus(wait);
            assertEquals(Optional.empty(), backoff.waiting("k", now.minus(wait), now));
        }
        assertEquals(List.of(10L, 20L, 40L, 80L, 160L, 300L, 300L), waits);
    }

    @Test
    void startsAnewAfterTwiceTheCeilingWithoutFailure() {
        Backoff backoff = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(5));
        backoff.failed("k", START);
        backoff.failed("k", START);
        Instant later = START.plus(Duration.ofMinutes(11));
        assertTrue(backoff.waiting("k", later, later).isEmpty());
        backoff.failed("k", later);
        assertEquals(Duration.ofSeconds(10), backoff.waiting("k", later, later).orElseThrow());
    }
}
