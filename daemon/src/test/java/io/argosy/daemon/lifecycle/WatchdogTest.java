package io.argosy.daemon.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.argosy.daemon.clock.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchdogTest {

    @Test
    void theEnvironmentSaysHowOftenAndWhom() {
        assertEquals(Optional.of(Duration.ofSeconds(15)), Watchdog.asked(Map.of("WATCHDOG_USEC", "30000000"), 7));
        assertEquals(
                Optional.of(Duration.ofSeconds(15)),
                Watchdog.asked(Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "7"), 7));
        assertEquals(Optional.empty(), Watchdog.asked(Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "8"), 7));
        assertEquals(Optional.empty(), Watchdog.asked(Map.of(), 7));
        assertEquals(Optional.empty(), Watchdog.asked(Map.of("WATCHDOG_USEC", "0"), 7));
    }

    @Test
    void tellsInEveryIntervalUntilInterrupted() {
        List<String> told = new ArrayList<>();
        Clock third = new Clock() {
            private int sleeps;

            @Override
            public Instant instant() {
                return Instant.EPOCH;
            }

            @Override
            public long nanoTime() {
                return 0;
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                told.add(duration.toString());
                if (++sleeps == 2) {
                    throw new InterruptedException();
                }
            }

            @Override
            public Timer after(Duration delay, Runnable action) {
                throw new AssertionError();
            }
        };
        Watchdog watchdog = new Watchdog(Duration.ofSeconds(1), third, told::add);
        assertThrows(InterruptedException.class, watchdog::run);
        assertEquals(List.of("WATCHDOG=1", "PT1S", "WATCHDOG=1", "PT1S"), told);
    }
}
