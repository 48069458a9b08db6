package io.argosy.daemon.config;

import java.util.ArrayList;
import java.util.List;

/** Faults of a configuration, gathered so that all are told at once. Not thread-safe. */
public final class Problems {

    private final List<String> found = new ArrayList<>();

    public void add(String problem) {
        found.add(problem);
    }

    /** Adds a fault unless the condition holds. */
    public void require(boolean condition, String problem) {
        if (!condition) {
            add(problem);
        }
    }

    public List<String> found() {
        return List.copyOf(found);
    }

    /** Ends the start of the daemon if anything was found. */
    public void throwIfAny() throws ConfigurationException {
        if (!found.isEmpty()) {
            throw new ConfigurationException(found);
        }
    }
}
