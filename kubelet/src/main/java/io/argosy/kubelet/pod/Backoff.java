package io.argosy.kubelet.pod;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Waits that double at each failure up to a ceiling, and start anew when nothing failed for twice the ceiling. Keys are
 * forgotten by then too, so its size is bounded by the failures of that time. Safe for any number of threads.
 */
public final class Backoff {

    private record Entry(Duration delay, Instant updated) {}

    private final Duration first;
    private final Duration ceiling;
    private final Map<String, Entry> entries = new HashMap<>();

    public Backoff(Duration first, Duration ceiling) {
        this.first = first;
        this.ceiling = ceiling;
    }

    /** Counts a failure: the next wait begins now. */
    public synchronized void failed(String key, Instant now) {
        Entry old = entries.get(key);
        Duration wait =
                old == null || expired(old, now) ? first : min(old.delay().multipliedBy(2));
        entries.put(key, new Entry(wait, now));
    }

    /** The wait a key is in, counted from {@code since}; empty when it is over or there is none. */
    public synchronized Optional<Duration> waiting(String key, Instant since, Instant now) {
        Entry entry = entries.get(key);
        if (entry == null || expired(entry, since)) {
            return Optional.empty();
        }
        return Duration.between(since, now).compareTo(entry.delay()) < 0
                ? Optional.of(entry.delay())
                : Optional.empty();
    }

    /** Like {@link #waiting(String, Instant, Instant)}, counted from the last failure. */
    public synchronized Optional<Duration> waitingSinceFailure(String key, Instant now) {
        Entry entry = entries.get(key);
        if (entry == null || expired(entry, now)) {
            return Optional.empty();
        }
        return Duration.between(entry.updated(), now).compareTo(entry.delay()) < 0
                ? Optional.of(entry.delay())
                : Optional.empty();
    }

    /** The end of the wait of a key that is in one. */
    public synchronized Optional<Instant> until(String key, Instant since) {
        return Optional.ofNullable(entries.get(key)).map(e -> since.plus(e.delay()));
    }

    public synchronized void forget(String keyPrefix) {
        entries.keySet().removeIf(k -> k.startsWith(keyPrefix));
    }

    public synchronized void sweep(Instant now) {
        entries.values().removeIf(e -> expired(e, now));
    }

    private Duration min(Duration wait) {
        return wait.compareTo(ceiling) > 0 ? ceiling : wait;
    }

    private boolean expired(Entry entry, Instant at) {
        return Duration.between(entry.updated(), at).compareTo(ceiling.multipliedBy(2)) > 0;
    }
}
