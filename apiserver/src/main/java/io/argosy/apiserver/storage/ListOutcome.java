package io.argosy.apiserver.storage;

import java.util.List;

/** What a list gave. */
public sealed interface ListOutcome {

    /**
     * @param values in the order of their keys
     * @param more whether keys follow after the last value
     * @param count keys from the start of the list on, those that follow included
     * @param revision at which the list was read
     */
    record Listed(List<StoredValue> values, boolean more, long count, long revision) implements ListOutcome {
        public Listed {
            values = List.copyOf(values);
        }
    }

    /** The revision asked for has been compacted away. */
    record Compacted() implements ListOutcome {}

    /** The revision asked for has not been reached. */
    record Future() implements ListOutcome {}
}
