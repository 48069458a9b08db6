package io.argosy.apiserver.cache;

import java.time.Duration;

/**
 * A watcher's place in the event log, read by one thread. A slow reader costs nothing and is told
 * {@link CacheEvent.Expired} when the log has moved past it.
 */
public interface WatchCursor extends AutoCloseable {

    /** Waits for the next event; {@link CacheEvent.Idle} when none comes in time. After {@code Expired} it repeats. */
    CacheEvent next(Duration atMost) throws InterruptedException;

    /**
     * A bookmark for a reader that was just told {@link CacheEvent.Idle}: all changes up to its revision have been given.
     * Idle again when a change came in between.
     */
    CacheEvent bookmark();

    /** May be called by any thread; a reader that waits is woken and told {@link CacheEvent.Idle}. */
    @Override
    void close();
}
