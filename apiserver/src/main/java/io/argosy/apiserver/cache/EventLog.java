package io.argosy.apiserver.cache;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The last changes of one resource. One thread appends; any number of readers follow by sequence number, without locks,
 * and find out by themselves when the log has moved past them.
 *
 * <p>An event is kept for at least {@link #LEAST} events, then for up to five minutes, within {@link #MOST} events and
 * {@link #MOST_BYTES} of images that are no longer current.
 */
final class EventLog {

    private static final int LEAST = 100;
    private static final int MOST = 1 << 16;
    private static final long MOST_BYTES = 64L << 20;
    private static final long KEPT_MILLIS = 5 * 60_000;

    /** Frames are kept while watchers that keep up may ask for them. */
    private static final int FRAMES_KEPT = 256;

    private volatile AtomicReferenceArray<@Nullable LogEvent> ring = new AtomicReferenceArray<>(128);
    private volatile long head;
    private volatile Base base;
    private long weight;

    /**
     * What was before the oldest event.
     *
     * @param revision up to which nothing is known of single changes
     * @param tail the sequence number of the oldest event
     */
    private record Base(long revision, ImageTree state, long tail) {}

    EventLog(long revision, ImageTree state) {
        this.base = new Base(revision, state, 0);
    }

    /** The sequence number that the next event will have. */
    long head() {
        return head;
    }

    /** Changes at or before this revision are forgotten. */
    long floor() {
        return base.revision();
    }

    void append(LogEvent event) {
        long sequence = event.sequence();
        weight += event.weight();
        Base oldest = base;
        while (sequence - oldest.tail() >= LEAST && tooOld(oldest.tail(), sequence, event.atMillis())) {
            oldest = drop(oldest);
        }
        if (sequence - oldest.tail() >= ring.length()) {
            grow(oldest.tail(), sequence);
        }
        ring.set(slot(ring, sequence), event);
        head = sequence + 1;
        if (sequence - FRAMES_KEPT >= oldest.tail()) {
            LogEvent stale = ring.get(slot(ring, sequence - FRAMES_KEPT));
            if (stale != null) {
                stale.dropFrames();
            }
        }
    }

    /** Forgets everything: what happened between the last event and the state given is not known. */
    void reset(long revision, ImageTree state) {
        long next = head;
        for (int i = 0; i < ring.length(); i++) {
            ring.set(i, null);
        }
        weight = 0;
        base = new Base(revision, state, next);
    }

    /** The event of a sequence number below {@link #head}; empty when it has been forgotten. */
    Optional<LogEvent> get(long sequence) {
        AtomicReferenceArray<@Nullable LogEvent> events = ring;
        LogEvent event = events.get(slot(events, sequence));
        return event != null && event.sequence() == sequence ? Optional.of(event) : Optional.empty();
    }

    /** The sequence number of the first event after a revision; empty when events after it have been forgotten. */
    Optional<Long> after(long revision) {
        Base before = base;
        if (revision < before.revision()) {
            return Optional.empty();
        }
        long low = before.tail();
        long high = head;
        while (low < high) {
            long middle = (low + high) >>> 1;
            Optional<LogEvent> event = get(middle);
            if (event.isPresent() && event.get().revision() > revision) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return revision < base.revision() ? Optional.empty() : Optional.of(low);
    }

    /** The state right after the last change at or before a revision; empty when that is no longer known. */
    Optional<ImageTree> stateAt(long revision) {
        Base before = base;
        Optional<Long> next = after(revision);
        if (next.isEmpty()) {
            return Optional.empty();
        }
        if (next.get() == before.tail()) {
            return Optional.of(before.state());
        }
        return get(next.get() - 1).map(LogEvent::state);
    }

    private boolean tooOld(long tail, long sequence, long nowMillis) {
        LogEvent oldest = ring.get(slot(ring, tail));
        return oldest == null
                || sequence - tail >= MOST
                || weight > MOST_BYTES
                || nowMillis - oldest.atMillis() > KEPT_MILLIS;
    }

    private Base drop(Base oldest) {
        int slot = slot(ring, oldest.tail());
        LogEvent event = ring.get(slot);
        if (event == null) {
            throw new IllegalStateException("the event log has a hole at " + oldest.tail());
        }
        weight -= event.weight();
        Base next = new Base(event.revision(), event.state(), oldest.tail() + 1);
        base = next;
        ring.set(slot, null);
        return next;
    }

    private void grow(long tail, long next) {
        AtomicReferenceArray<@Nullable LogEvent> larger = new AtomicReferenceArray<>(ring.length() * 2);
        for (long sequence = tail; sequence < next; sequence++) {
            larger.set(slot(larger, sequence), ring.get(slot(ring, sequence)));
        }
        ring = larger;
    }

    private static int slot(AtomicReferenceArray<@Nullable LogEvent> events, long sequence) {
        return (int) (sequence & (events.length() - 1));
    }
}
