package io.argosy.controllermanager.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Many like calls at once, joined before it returns. */
public final class Fanout {

    private static final int WIDEST = 64;

    private Fanout() {}

    /**
     * Calls in batches of 1, 2, 4, ... and stops after a batch with a failure, so that a thousand calls that must fail
     * cost one. Returns how many succeeded; the first failure is thrown after the batch.
     */
    public static int slowStart(int count, Runnable call) throws InterruptedException {
        int done = 0;
        int size = 1;
        while (done < count) {
            int batch = Math.min(Math.min(size, WIDEST), count - done);
            List<Runnable> calls = new ArrayList<>();
            for (int i = 0; i < batch; i++) {
                calls.add(call);
            }
            done += all(calls);
            size *= 2;
        }
        return done;
    }

    /** Calls all at once; the first failure is thrown when all have ended. Returns how many succeeded. */
    public static int all(List<? extends Runnable> calls) throws InterruptedException {
        if (calls.size() == 1) {
            calls.getFirst().run();
            return 1;
        }
        AtomicInteger succeeded = new AtomicInteger();
        AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (Runnable call : calls) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    call.run();
                    succeeded.incrementAndGet();
                } catch (RuntimeException e) {
                    failure.compareAndSet(null, e);
                }
            }));
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            throw e;
        }
        RuntimeException first = failure.get();
        if (first != null) {
            throw first;
        }
        return succeeded.get();
    }
}
