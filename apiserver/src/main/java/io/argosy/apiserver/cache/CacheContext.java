package io.argosy.apiserver.cache;

import io.argosy.apiserver.storage.Store;
import java.time.InstantSource;

/** What all caches of one store share. */
record CacheContext(
        Store store,
        RevisionClock clock,
        ReadIndex readIndex,
        EncodingBudget budget,
        Interner interner,
        CacheMetrics metrics,
        InstantSource time) {}
