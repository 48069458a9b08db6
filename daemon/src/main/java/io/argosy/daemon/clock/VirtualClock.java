package io.argosy.daemon.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;

/**
 * A clock that stands still until it is moved. Timers run on the thread that moves it, in the order of their times;
 * sleepers wake when their time is reached.
 */
public final class VirtualClock implements Clock {

    private record Entry(long at, long order, Runnable action) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    private final Instant origin;
    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long now;
    private long order;

    public VirtualClock(Instant start) {
        this.origin = start;
    }

    public VirtualClock() {
        this(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Override
    public synchronized Instant instant() {
        return origin.plusNanos(now);
    }

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (!duration.isPositive()) {
            return;
        }
        CountDownLatch reached = new CountDownLatch(1);
        Timer timer = after(duration, reached::countDown);
        try {
            reached.await();
        } finally {
            timer.cancel();
        }
    }

    @Override
    public synchronized Timer after(Duration delay, Runnable action) {
        Entry entry = new Entry(now + Math.max(0, delay.toNanos()), order++, action);
        entries.add(entry);
        notifyAll();
        return () -> {
            synchronized (this) {
                entries.remove(entry);
            }
        };
    }

    /** Moves the time forward, running what comes due on the way, each at its own time. */
    public void advance(Duration duration) {
        long target;
        synchronized (this) {
            target = now + duration.toNanos();
        }
        while (true) {
            List<Entry> due = new ArrayList<>();
            synchronized (this) {
                Entry first = entries.peek();
                if (first == null || first.at > target) {
                    now = target;
                    return;
                }
                now = Math.max(now, first.at);
                due.add(entries.remove());
            }
            due.forEach(entry -> entry.action.run());
        }
    }

    /** How many timers and sleepers wait. */
    public synchronized int waiting() {
        return entries.size();
    }

    /** Blocks until at least so many timers and sleepers wait: how a test knows that a thread went to sleep. */
    public synchronized void awaitWaiting(int count) throws InterruptedException {
        while (entries.size() < count) {
            wait();
        }
    }
}
