package io.argosy.apiserver.cache;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bounds the bytes of encodings that are kept beside the stored ones, over all resources: first made, first dropped.
 * An encoding that is dropped while in use stays valid for its user.
 */
public final class EncodingBudget {

    private final long limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Entry> made = new ArrayDeque<>();
    private long used;

    private record Entry(ObjectImage image, int bytes) {}

    /** @param limit in bytes; 0 keeps none for long */
    public EncodingBudget(long limit) {
        this.limit = limit;
    }

    /** A tenth of the heap: lists of 10,000 pods stay made with 1 GiB. */
    public static EncodingBudget ofHeap() {
        return new EncodingBudget(Runtime.getRuntime().maxMemory() / 10);
    }

    public long used() {
        lock.lock();
        try {
            return used;
        } finally {
            lock.unlock();
        }
    }

    void made(ObjectImage image, int bytes) {
        List<ObjectImage> dropped = new ArrayList<>(0);
        lock.lock();
        try {
            made.addLast(new Entry(image, bytes));
            used += bytes;
            while (used > limit && !made.isEmpty()) {
                Entry oldest = made.removeFirst();
                used -= oldest.bytes();
                dropped.add(oldest.image());
            }
        } finally {
            lock.unlock();
        }
        dropped.forEach(ObjectImage::dropEncodings);
    }
}
