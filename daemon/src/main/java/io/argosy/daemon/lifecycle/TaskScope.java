package io.argosy.daemon.lifecycle;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks on virtual threads that end before their scope does: {@link #close()} interrupts them and waits for all of
 * them. Whoever starts a thread does it through a scope, so nobody leaves one behind.
 *
 * <p>A task ends by returning, or by {@link InterruptedException} when the scope closes. Any other exception is told to
 * the scope's failure handler. Safe for any thread.
 */
public final class TaskScope implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TaskScope.class);

    /** How often a wait for tasks says what it waits for. */
    private static final Duration REMINDER = Duration.ofSeconds(10);

    private final String name;
    private final Consumer<Throwable> onFailure;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicLong started = new AtomicLong();
    private volatile boolean closed;

    /** Failures are logged. */
    public TaskScope(String name) {
        this(name, failure -> LOG.error("task failed scope={}", name, failure));
    }

    /** @param onFailure hears, on the failed task's thread, what a task threw */
    public TaskScope(String name, Consumer<Throwable> onFailure) {
        this.name = name;
        this.onFailure = onFailure;
    }

    /** What a task does. */
    @FunctionalInterface
    public interface Task {
        void run() throws Exception;
    }

    /** Starts a task; refuses with {@link IllegalStateException} once the scope is closed. */
    public Thread fork(String task, Task body) {
        Thread thread = Thread.ofVirtual()
                .name(name + "/" + task + "-" + started.incrementAndGet())
                .unstarted(() -> run(body));
        threads.add(thread);
        if (closed) {
            threads.remove(thread);
            throw new IllegalStateException("scope is closed: " + name);
        }
        thread.start();
        return thread;
    }

    private void run(Task body) {
        try {
            body.run();
        } catch (InterruptedException e) {
            if (!closed) {
                LOG.debug(
                        "task interrupted scope={} thread={}",
                        name,
                        Thread.currentThread().getName());
            }
        } catch (Throwable e) {
            if (!closed) {
                onFailure.accept(e);
            }
        } finally {
            threads.remove(Thread.currentThread());
        }
    }

    public boolean isClosed() {
        return closed;
    }

    /** How many tasks run. */
    public int size() {
        return threads.size();
    }

    /** Interrupts all tasks and waits until they have ended. Must not be called by one of them. */
    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        for (Thread thread : threads) {
            thread.interrupt();
        }
        for (Thread thread : threads) {
            interrupted |= join(thread);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean join(Thread thread) {
        boolean interrupted = false;
        while (thread.getState() != Thread.State.NEW) {
            try {
                if (thread.join(REMINDER)) {
                    return interrupted;
                }
                LOG.warn("still waiting for task scope={} thread={}", name, thread.getName());
                thread.interrupt();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }
}
