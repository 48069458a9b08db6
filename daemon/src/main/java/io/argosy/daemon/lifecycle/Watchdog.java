package io.argosy.daemon.lifecycle;

import io.argosy.daemon.clock.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells systemd again and again that the process still runs threads, twice in each interval of {@code WatchdogSec=}
 * (sd_watchdog_enabled(3)); a process that stops telling is killed and started anew.
 */
final class Watchdog {

    private final Duration every;
    private final Clock clock;
    private final Consumer<String> notifier;

    Watchdog(Duration every, Clock clock, Consumer<String> notifier) {
        this.every = every;
        this.clock = clock;
        this.notifier = notifier;
    }

    /** How often the environment asks to be told; empty when it does not ask this process. */
    static Optional<Duration> asked(Map<String, String> environment, long pid) {
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        String whose = environment.getOrDefault("WATCHDOG_PID", "");
        boolean ours = whose.isEmpty() || whose.equals(Long.toString(pid));
        return ours && micros.matches("[1-9]\\d{0,17}")
                ? Optional.of(Duration.ofNanos(Long.parseLong(micros) * 500))
                : Optional.empty();
    }

    /** Tells until the thread is interrupted. */
    void run() throws InterruptedException {
        while (true) {
            notifier.accept("WATCHDOG=1");
            clock.sleep(every);
        }
    }
}
