package io.argosy.apiserver.storage;

/**
 * A watch of all keys, read by one thread.
 *
 * <p>Broken connections are mended inside: the watch goes on after the last revision told, and tells none twice. States:
 * {@code telling -> lost} or {@code telling -> closed}; the last signal of either repeats.
 */
public interface StoreWatch extends AutoCloseable {

    /** Blocks until there is something to tell. */
    WatchSignal next() throws InterruptedException;

    /** Makes the reader's {@link #next} return {@link WatchSignal.Woken} soon. May be called by any thread. */
    void wake();

    /** May be called by any thread, more than once; wakes the reader. */
    @Override
    void close();
}
