package io.argosy.apiserver.cache;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A cursor on the event log. It gives the objects that were there first, if asked to, and then follows the log in one of
 * two ways:
 *
 * <pre>
 *   scanning --- at the head of the log ---> listening
 *   listening -- more than {@link #MOST_PENDING} events wait ---> scanning, from the oldest of them
 * </pre>
 *
 * Scanning looks at each event from {@code next} on. Listening looks only at the events that the log's writer names,
 * those that touch the watcher's trigger. Only references by number are held, so the log may forget the events: then the
 * watcher has expired.
 */
final class Watcher implements WatchCursor {

    private static final int MOST_PENDING = 1024;

    private final EventLog log;
    private final Watchers watchers;
    private final RevisionClock clock;
    private final Selection selection;
    private final Trigger trigger;
    private final long afterRevision;
    private final int epoch;
    private volatile boolean closed;
    private volatile @Nullable Thread waiting;

    private @Nullable Initial initial;
    private CacheEvent.@Nullable Expired expired;

    /** Guarded by this, like the fields that follow: events before this number have been looked at. */
    private long next;

    private boolean listening;
    private long[] pending = {};
    private int first;
    private int count;

    /**
     * The objects that were there when the watch began.
     *
     * @param endRevision their revision
     * @param tellEnd whether the end is told by a bookmark
     */
    record Initial(ImageTree.Images images, long endRevision, boolean tellEnd) {}

    /**
     * @param next the number of the first event to look at
     * @param afterRevision events up to here are not wanted
     */
    Watcher(
            EventLog log,
            Watchers watchers,
            RevisionClock clock,
            Selection selection,
            long next,
            long afterRevision,
            int epoch,
            Optional<Initial> initial) {
        this.log = log;
        this.watchers = watchers;
        this.clock = clock;
        this.selection = selection;
        this.trigger = selection.trigger();
        this.next = next;
        this.afterRevision = afterRevision;
        this.epoch = epoch;
        this.initial = initial.orElse(null);
    }

    Trigger trigger() {
        return trigger;
    }

    /** Called by the log's writer: an event that may concern this watcher is in the log. */
    void offer(long sequence) {
        synchronized (this) {
            if (listening && sequence >= next) {
                push(sequence);
            }
        }
        wake();
    }

    void wake() {
        Thread reader = waiting;
        if (reader != null) {
            LockSupport.unpark(reader);
        }
    }

    @Override
    public CacheEvent next(Duration atMost) throws InterruptedException {
        Optional<CacheEvent> early = nextInitial();
        if (early.isPresent()) {
            return early.get();
        }
        Optional<CacheEvent> ready = poll();
        if (ready.isPresent()) {
            return ready.get();
        }
        long deadline = System.nanoTime() + atMost.toNanos();
        waiting = Thread.currentThread();
        try {
            while (!closed) {
                ready = poll();
                if (ready.isPresent()) {
                    return ready.get();
                }
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    break;
                }
                LockSupport.parkNanos(this, left);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            return new CacheEvent.Idle();
        } finally {
            waiting = null;
        }
    }

    @Override
    public CacheEvent bookmark() {
        long reached = clock.now();
        synchronized (this) {
            boolean behind = initial != null || expired != null || (listening ? count > 0 : next < log.head());
            if (behind || epoch != watchers.epoch() || reached < afterRevision) {
                return new CacheEvent.Idle();
            }
        }
        return new CacheEvent.Bookmark(reached, false);
    }

    @Override
    public void close() {
        closed = true;
        watchers.remove(this);
        wake();
    }

    private Optional<CacheEvent> nextInitial() {
        Initial objects = initial;
        if (objects == null) {
            return Optional.empty();
        }
        while (objects.images().hasNext()) {
            ObjectImage image = objects.images().next();
            if (selection.isPast(image)) {
                break;
            }
            if (selection.matches(image)) {
                return Optional.of(new CacheEvent.Change(image));
            }
        }
        initial = null;
        return objects.tellEnd() ? Optional.of(new CacheEvent.Bookmark(objects.endRevision(), true)) : Optional.empty();
    }

    /** The next event that is there and can be seen. */
    private Optional<CacheEvent> poll() {
        while (expired == null) {
            if (epoch != watchers.epoch()) {
                return expire();
            }
            long sequence = take();
            if (sequence < 0) {
                return Optional.empty();
            }
            Optional<LogEvent> event = log.get(sequence);
            if (event.isEmpty()) {
                return expire();
            }
            if (event.get().revision() > afterRevision) {
                Optional<CacheEvent.Change> seen = event.get().seenBy(selection);
                if (seen.isPresent()) {
                    return Optional.of(seen.get());
                }
            }
        }
        return Optional.of(expired);
    }

    private Optional<CacheEvent> expire() {
        expired = new CacheEvent.Expired("too old resource version: " + afterRevision + " (" + log.floor() + ")");
        return Optional.of(expired);
    }

    /** The number of the event to look at next, or -1 when there is none yet. */
    private synchronized long take() {
        if (listening) {
            if (count == 0) {
                return -1;
            }
            long sequence = pending[first];
            first = (first + 1) & (pending.length - 1);
            count--;
            next = sequence + 1;
            return sequence;
        }
        if (next < log.head()) {
            return next++;
        }
        listening = true;
        return -1;
    }

    private void push(long sequence) {
        if (count == pending.length) {
            if (count == MOST_PENDING) {
                next = pending[first];
                listening = false;
                pending = new long[0];
                first = 0;
                count = 0;
                return;
            }
            long[] larger = new long[Math.max(4, count * 2)];
            for (int i = 0; i < count; i++) {
                larger[i] = pending[(first + i) & (pending.length - 1)];
            }
            pending = larger;
            first = 0;
        }
        pending[(first + count) & (pending.length - 1)] = sequence;
        count++;
    }

    @Override
    public String toString() {
        return "Watcher" + Arrays.asList(trigger, next);
    }
}
