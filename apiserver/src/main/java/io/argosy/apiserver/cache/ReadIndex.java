package io.argosy.apiserver.cache;

import io.argosy.apiserver.storage.Store;
import io.argosy.apiserver.storage.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes reads from memory as fresh as reads from the store. A reader must see all that was written before it asked, so it
 * asks the store for its revision and waits until the caches are there. Readers that come while a question is on its way
 * share the next one: there is at most one question under way and one waiting, however many readers there are.
 */
final class ReadIndex {

    private final Store store;
    private final RevisionClock clock;
    private final ThreadFactory threads;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable CompletableFuture<Long> asked;
    private @Nullable CompletableFuture<Long> next;

    /**
     * @param threads for the questions, one at a time
     * @param patience how long the caches may take to get where the store is
     */
    ReadIndex(Store store, RevisionClock clock, ThreadFactory threads, Duration patience) {
        this.store = store;
        this.clock = clock;
        this.threads = threads;
        this.patience = patience;
    }

    /** Waits until the caches hold all that was written before this call; returns a revision they have reached. */
    long await() throws InterruptedException {
        CompletableFuture<Long> mine;
        boolean ask = false;
        lock.lock();
        try {
            if (asked == null) {
                mine = asked = new CompletableFuture<>();
                ask = true;
            } else {
                mine = next = next == null ? new CompletableFuture<>() : next;
            }
        } finally {
            lock.unlock();
        }
        if (ask) {
            threads.newThread(() -> answer(mine)).start();
        }
        try {
            return mine.get(patience.toNanos() * 3, TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new StoreException(
                    StoreException.Reason.TIMEOUT, "the store did not tell its revision in time", late);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof StoreException cause) {
                throw cause;
            }
            throw new StoreException(StoreException.Reason.FAILED, String.valueOf(failed.getCause()), failed);
        }
    }

    /** Asks for one future after another until nobody waits. */
    private void answer(CompletableFuture<Long> first) {
        CompletableFuture<Long> question = first;
        while (question != null) {
            try {
                long revision = store.currentRevision();
                CompletableFuture<Long> following = followUp();
                // The next question need not wait for the caches to reach this one's answer.
                settle(question, revision, following != null);
                question = following;
            } catch (RuntimeException failed) {
                question.completeExceptionally(failed);
                question = followUp();
            }
        }
    }

    private @Nullable CompletableFuture<Long> followUp() {
        lock.lock();
        try {
            asked = next;
            next = null;
            return asked;
        } finally {
            lock.unlock();
        }
    }

    private void settle(CompletableFuture<Long> question, long revision, boolean apart) {
        if (clock.now() >= revision) {
            question.complete(revision);
        } else if (apart) {
            threads.newThread(() -> awaitCaches(question, revision)).start();
        } else {
            awaitCaches(question, revision);
        }
    }

    private void awaitCaches(CompletableFuture<Long> question, long revision) {
        try {
            if (clock.await(revision, patience.toNanos())) {
                question.complete(revision);
            } else {
                question.completeExceptionally(new StoreException(
                        StoreException.Reason.TIMEOUT,
                        "the cache is at revision " + clock.now() + " and did not reach " + revision + " in time"));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            question.completeExceptionally(
                    new StoreException(StoreException.Reason.UNAVAILABLE, "the cache is closing", stopped));
        }
    }
}
