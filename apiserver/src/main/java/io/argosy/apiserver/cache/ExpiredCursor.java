package io.argosy.apiserver.cache;

import java.time.Duration;

/** A watch from a revision that is too old: its only event says so. */
record ExpiredCursor(String message) implements WatchCursor {

    @Override
    public CacheEvent next(Duration atMost) {
        return new CacheEvent.Expired(message);
    }

    @Override
    public CacheEvent bookmark() {
        return new CacheEvent.Idle();
    }

    @Override
    public void close() {}
}
