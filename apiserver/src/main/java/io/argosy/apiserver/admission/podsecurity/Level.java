package io.argosy.apiserver.admission.podsecurity;

import java.util.Arrays;
import java.util.Optional;

/** How much a pod may ask for; the later, the less. */
enum Level {
    PRIVILEGED,
    BASELINE,
    RESTRICTED;

    static final String VALID = "must be one of privileged, baseline, restricted";

    static Optional<Level> parse(String text) {
        return Arrays.stream(values())
                .filter(level -> level.toString().equals(text))
                .findFirst();
    }

    @Override
    public String toString() {
        return switch (this) {
            case PRIVILEGED -> "privileged";
            case BASELINE -> "baseline";
            case RESTRICTED -> "restricted";
        };
    }
}
