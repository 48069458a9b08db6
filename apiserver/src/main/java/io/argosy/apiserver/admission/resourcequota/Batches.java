package io.argosy.apiserver.admission.resourcequota;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiConsumer;

/**
 * Hands what arrives under one key to one worker at a time, all that has arrived meanwhile at once. A worker lives while
 * there is something to do for its key.
 */
final class Batches<T> {

    private final BiConsumer<String, List<T>> worker;
    private final ThreadFactory threads;
    /** What waits, for the keys that have a worker; guarded by this. */
    private final Map<String, List<T>> waiting = new HashMap<>();

    Batches(BiConsumer<String, List<T>> worker, ThreadFactory threads) {
        this.worker = worker;
        this.threads = threads;
    }

    void add(String key, T item) {
        synchronized (this) {
            List<T> queue = waiting.get(key);
            if (queue != null) {
                queue.add(item);
                return;
            }
            waiting.put(key, new ArrayList<>(List.of(item)));
        }
        threads.newThread(() -> work(key)).start();
    }

    private void work(String key) {
        for (List<T> batch = take(key); !batch.isEmpty(); batch = take(key)) {
            worker.accept(key, batch);
        }
    }

    /** All that waits; with nothing left the key has no worker any more. */
    private synchronized List<T> take(String key) {
        List<T> batch = waiting.put(key, new ArrayList<>());
        if (batch == null || batch.isEmpty()) {
            waiting.remove(key);
            return List.of();
        }
        return batch;
    }
}
