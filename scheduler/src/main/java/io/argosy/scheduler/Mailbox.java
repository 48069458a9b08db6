package io.argosy.scheduler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What other threads have to tell the scheduler's thread. Telling never blocks: what waits is bounded by the changes of
 * the objects that informers hold anyway.
 */
final class Mailbox {

    private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
    private final List<Runnable> batch = new ArrayList<>();

    void tell(Runnable news) {
        waiting.add(news);
    }

    /** Runs what waits, on the caller's thread; waits for something at most so long. */
    void run(Duration patience) throws InterruptedException {
        if (waiting.isEmpty()) {
            Runnable first = waiting.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (first == null) {
                return;
            }
            first.run();
        }
        waiting.drainTo(batch);
        batch.forEach(Runnable::run);
        batch.clear();
    }
}
