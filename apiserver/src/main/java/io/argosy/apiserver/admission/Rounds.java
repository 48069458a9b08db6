package io.argosy.apiserver.admission;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The rounds of mutating admission of one request: after a change by a plugin that others may want to see, all mutate
 * once more. Used by one thread.
 */
public final class Rounds {

    private final Map<String, Object> memories = new HashMap<>();
    private boolean wanted;
    private boolean second;

    /** Whether this is the second round. */
    public boolean isSecond() {
        return second;
    }

    /** Asks for a second round; in the second it changes nothing. */
    public void wantSecond() {
        wanted = true;
    }

    boolean secondWanted() {
        return wanted && !second;
    }

    void beginSecond() {
        second = true;
    }

    /** What a plugin keeps from one round to the next. */
    public <T> T memory(String plugin, Class<T> type, Supplier<T> made) {
        return type.cast(memories.computeIfAbsent(plugin, _ -> made.get()));
    }
}
