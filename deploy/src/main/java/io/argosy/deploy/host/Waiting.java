package io.argosy.deploy.host;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Waits for something of this machine to come true, asking again every few milliseconds. */
public final class Waiting {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private Waiting() {}

    /**
     * @param condition empty when it holds, else what is still missing
     * @return what was still missing when {@code limit} was over; empty when the condition held
     */
    public static Optional<String> until(Duration limit, Supplier<Optional<String>> condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<String> missing = condition.get();
            if (missing.isEmpty() || System.nanoTime() > end) {
                return missing;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return missing;
            }
        }
    }
}
