package io.argosy.apiserver.storage.memory;

import io.argosy.apiserver.storage.Store;
import io.argosy.apiserver.storage.StoreSuite;
import java.time.Duration;
import java.time.Instant;

class MemoryStoreTest extends StoreSuite {

    private Instant now = Instant.EPOCH;
    private MemoryStore store = new MemoryStore(() -> now);

    @Override
    protected Store open() {
        store = new MemoryStore(() -> now);
        return store;
    }

    @Override
    protected void passTime(Duration time) {
        now = now.plus(time);
        store.expire();
    }
}
