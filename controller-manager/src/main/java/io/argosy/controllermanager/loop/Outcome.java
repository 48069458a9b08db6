package io.argosy.controllermanager.loop;

import java.time.Duration;

/** How a reconciliation ended. */
public sealed interface Outcome {

    /** Nothing more to do until something changes. */
    record Done() implements Outcome {}

    /** Look again after a while, whatever happens. */
    record Later(Duration after) implements Outcome {}

    /** It did not work: again, backing off. */
    record Retry(String reason) implements Outcome {}

    Outcome DONE = new Done();

    static Outcome later(Duration after) {
        return new Later(after);
    }

    static Outcome retry(String reason) {
        return new Retry(reason);
    }
}
