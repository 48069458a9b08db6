package io.argosy.apiserver.storage;

import java.util.Optional;

/** One key, or its absence, at a revision of the store. */
public record GetResult(Optional<StoredValue> value, long revision) {}
