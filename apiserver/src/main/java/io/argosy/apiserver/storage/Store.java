package io.argosy.apiserver.storage;

import java.time.Duration;
import java.util.Optional;

/**
 * Keys and bytes under one revision counter that each write raises by one, with etcd's meaning of everything.
 *
 * <p>All calls block, may be made by any thread, and end within the time limit of the implementation. Reads are
 * linearizable and throw {@link StoreException} when the store cannot be asked. Keys are compared as bytes of UTF-8.
 */
public interface Store extends AutoCloseable {

    /** No expected revision: the key must not exist. */
    long ABSENT = 0;

    /** The revision of the last write that was done before this call began, or a later one. */
    long currentRevision();

    GetResult get(String key);

    /**
     * Keys with a prefix, in order.
     *
     * @param from the first key wanted, inclusive; empty for the first with the prefix
     * @param revision the state to read, or 0 for the current one
     * @param limit the most values to return, or 0 for all
     */
    ListOutcome list(String prefix, String from, long revision, int limit);

    /** Writes a key that does not exist. With a time to live it goes by itself, at the earliest when that is over. */
    default WriteOutcome create(String key, byte[] value, Optional<Duration> timeToLive) {
        return put(key, ABSENT, value, timeToLive);
    }

    /**
     * Writes a key if its last write was at the expected revision ({@link #ABSENT}: if it does not exist). A time to live
     * that the key had before is replaced by the one given, or none.
     */
    WriteOutcome put(String key, long expectedRevision, byte[] value, Optional<Duration> timeToLive);

    /** Deletes a key if its last write was at the expected revision. */
    WriteOutcome delete(String key, long expectedRevision);

    /** All changes to keys with a prefix after a revision that has not been compacted. */
    StoreWatch watch(String prefix, long afterRevision);

    /** Forgets what was overwritten or deleted at or before a revision; no effect when that has been done before. */
    void compact(long revision);

    /**
     * What is known to be forgotten, by this server or another: states before this revision are gone. Asks nobody, so it
     * may lag behind by the time between two compactions.
     */
    long compactedRevision();

    @Override
    void close();
}
