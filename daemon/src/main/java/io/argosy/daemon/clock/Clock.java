package io.argosy.daemon.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The only source of time. Wall-clock instants name moments to others; durations, leases and timeouts are measured with
 * {@link #nanoTime()}, which never goes back.
 */
public interface Clock extends InstantSource {

    @Override
    Instant instant();

    /** Monotonic nanoseconds from an arbitrary origin; only differences mean something. */
    long nanoTime();

    /** Blocks the calling thread; zero and negative durations return at once. */
    void sleep(Duration duration) throws InterruptedException;

    /**
     * Runs an action once, after a delay. The action runs on the clock's own thread: it must be short and must not
     * block.
     */
    Timer after(Duration delay, Runnable action);

    /** An action that waits for its time. */
    interface Timer {

        /** Drops the action if it has not begun; harmless otherwise. */
        void cancel();
    }

    static Clock system() {
        return SystemClock.INSTANCE;
    }
}
