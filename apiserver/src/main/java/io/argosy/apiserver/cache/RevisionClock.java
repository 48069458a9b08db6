package io.argosy.apiserver.cache;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How far the caches are: all changes up to {@link #now} have been applied to every cache and told to every watcher.
 *
 * <p>One thread advances it, any may read it or wait for it. A waiter is woken once, when its revision has been reached.
 */
final class RevisionClock {

    private final ReentrantLock lock = new ReentrantLock();
    private final PriorityQueue<Waiter> waiters = new PriorityQueue<>(Comparator.comparingLong(Waiter::revision));
    private volatile long now;

    private record Waiter(long revision, Thread thread) {}

    long now() {
        return now;
    }

    /** Moves to a revision, also back: the store may have been restored from an older copy. */
    void moveTo(long revision) {
        lock.lock();
        try {
            now = revision;
            while (!waiters.isEmpty() && waiters.peek().revision() <= revision) {
                LockSupport.unpark(waiters.poll().thread());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a revision has been reached; false when the time is over first. */
    boolean await(long revision, long nanos) throws InterruptedException {
        if (now >= revision) {
            return true;
        }
        Waiter waiter = new Waiter(revision, Thread.currentThread());
        lock.lock();
        try {
            if (now >= revision) {
                return true;
            }
            waiters.add(waiter);
        } finally {
            lock.unlock();
        }
        long deadline = System.nanoTime() + nanos;
        try {
            while (now < revision) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                LockSupport.parkNanos(this, left);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            return true;
        } finally {
            lock.lock();
            try {
                waiters.remove(waiter);
            } finally {
                lock.unlock();
            }
        }
    }
}
