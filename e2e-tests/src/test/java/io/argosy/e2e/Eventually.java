package io.argosy.e2e;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits by condition, with limits that only a broken cluster reaches. */
final class Eventually {

    private static final long PAUSE = Duration.ofMillis(200).toNanos();

    private Eventually() {}

    /**
     * Asks again and again until {@code missing} has nothing to tell.
     *
     * @param what the condition, for the error
     * @param missing empty when it holds, else what it looks like now
     */
    static Duration holds(Duration limit, String what, Supplier<Optional<String>> missing) {
        long begin = System.nanoTime();
        while (true) {
            Optional<String> answer = missing.get();
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            if (answer.isEmpty()) {
                return took;
            }
            if (took.compareTo(limit) > 0) {
                throw new AssertionError(what + ": not within " + limit + "; last seen: " + answer.get());
            }
            LockSupport.parkNanos(PAUSE);
        }
    }
}
