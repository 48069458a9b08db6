package io.argosy.client.workqueue;

import io.argosy.daemon.clock.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keys that wait for work. A key waits at most once; a key that is added while it is worked on waits again when that
 * work is done, so no two workers have the same key. Its size is bounded by the number of different keys.
 *
 * <pre>
 *   add ──► waiting ──take──► worked on ──done──► (gone)
 *             ▲                   │ add meanwhile
 *   addAfter ─┘ ◄──────done───────┘
 * </pre>
 *
 * <p>Safe for any thread.
 */
public final class WorkQueue<K> {

    private final Clock clock;
    private final Backoff backoff;
    private final QueueMetrics metrics;

    private final Deque<K> waiting = new ArrayDeque<>();
    private final Set<K> dirty = new HashSet<>();
    private final Map<K, Long> working = new HashMap<>();
    private final Map<K, Long> addedAt = new HashMap<>();
    private final Map<K, Integer> failures = new HashMap<>();
    private final Map<K, Later> later = new HashMap<>();
    private boolean shutDown;

    private record Later(long at, Clock.Timer timer) {}

    /** Upstream's standard back-off, no metrics. */
    public WorkQueue(Clock clock) {
        this(clock, Backoff.STANDARD, QueueMetrics.none());
    }

    public WorkQueue(Clock clock, Backoff backoff, QueueMetrics metrics) {
        this.clock = clock;
        this.backoff = backoff;
        this.metrics = metrics;
    }

    /** Lets the key wait, unless it does already. Does nothing once the queue is shut down. */
    public synchronized void add(K key) {
        if (shutDown || !dirty.add(key)) {
            return;
        }
        metrics.added();
        addedAt.put(key, clock.nanoTime());
        if (!working.containsKey(key)) {
            waiting.addLast(key);
            metrics.depth(waiting.size());
            notifyAll();
        }
    }

    /** Adds the key after a delay; of several delays the shortest holds. */
    public void addAfter(K key, Duration delay) {
        if (!delay.isPositive()) {
            add(key);
            return;
        }
        synchronized (this) {
            if (shutDown) {
                return;
            }
            long at = clock.nanoTime() + delay.toNanos();
            Later earlier = later.get(key);
            if (earlier != null) {
                if (earlier.at - at <= 0) {
                    return;
                }
                earlier.timer.cancel();
            }
            later.put(key, new Later(at, clock.after(delay, () -> due(key, at))));
        }
    }

    private synchronized void due(K key, long at) {
        Later entry = later.get(key);
        if (entry != null && entry.at == at) {
            later.remove(key);
            add(key);
        }
    }

    /** Adds the key after the back-off of its failures so far, and counts one more. */
    public void addRateLimited(K key) {
        int before;
        synchronized (this) {
            before = failures.merge(key, 1, Integer::sum) - 1;
        }
        metrics.retried();
        addAfter(key, backoff.delay(before));
    }

    /** Forgets the failures of a key: it succeeded, or is given up. */
    public synchronized void forget(K key) {
        failures.remove(key);
    }

    /** How often in a row the key has failed. */
    public synchronized int failures(K key) {
        return failures.getOrDefault(key, 0);
    }

    /** Waits for a key; {@link #done} must follow. Empty once the queue is shut down. */
    public synchronized Optional<K> take() throws InterruptedException {
        while (waiting.isEmpty()) {
            if (shutDown) {
                return Optional.empty();
            }
            wait();
        }
        return Optional.of(begin());
    }

    /** A key if one waits now: for simulations, which have no threads. */
    public synchronized Optional<K> poll() {
        return waiting.isEmpty() ? Optional.empty() : Optional.of(begin());
    }

    private K begin() {
        K key = waiting.removeFirst();
        long now = clock.nanoTime();
        dirty.remove(key);
        working.put(key, now);
        Long added = addedAt.remove(key);
        metrics.depth(waiting.size());
        metrics.started(added == null ? 0 : now - added);
        return key;
    }

    /** The work on a key has ended. */
    public synchronized void done(K key) {
        Long began = working.remove(key);
        if (began != null) {
            metrics.finished(clock.nanoTime() - began);
        }
        if (dirty.contains(key) && !shutDown) {
            waiting.addLast(key);
            metrics.depth(waiting.size());
        }
        notifyAll();
    }

    public synchronized int size() {
        return waiting.size();
    }

    /** Whether nothing waits, nothing is worked on and nothing is delayed. */
    public synchronized boolean isIdle() {
        return waiting.isEmpty() && working.isEmpty() && later.isEmpty();
    }

    /** Takes no more keys and gives out none; waiting takers return. */
    public synchronized void shutDown() {
        shutDown = true;
        waiting.clear();
        later.values().forEach(entry -> entry.timer.cancel());
        later.clear();
        notifyAll();
    }
}
