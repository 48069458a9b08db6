package io.argosy.apiserver.storage;

import java.util.List;

/** What a watch tells next. */
public sealed interface WatchSignal {

    /**
     * Changes in the order of their revisions, each told once. With them, all changes up to {@code revision} have been
     * told. The list may be empty: then only the revision moved, by writes to keys that are not watched.
     */
    record Changes(List<KeyChange> changes, long revision) implements WatchSignal {
        public Changes {
            changes = List.copyOf(changes);
        }
    }

    /**
     * The watch ended and changes may have been missed, because they were compacted away or the store went back in time.
     * Who watches lists anew and watches from there.
     */
    record Lost(String why) implements WatchSignal {}

    /** {@link StoreWatch#wake} was called. */
    record Woken() implements WatchSignal {}

    /** The watch was closed by its owner. */
    record Closed() implements WatchSignal {}
}
