package io.argosy.apiserver.server;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Interrupts threads whose request takes too long. */
final class Deadlines implements AutoCloseable {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("deadlines").factory());

    /** Interrupts the current thread after a time, unless the answer is closed before. */
    Running start(Duration time) {
        Thread thread = Thread.currentThread();
        Future<?> interrupt = timer.schedule(thread::interrupt, time.toMillis(), TimeUnit.MILLISECONDS);
        return () -> {
            if (!interrupt.cancel(false)) {
                Thread.interrupted();
            }
        };
    }

    /** One deadline. */
    interface Running extends AutoCloseable {
        @Override
        void close();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
