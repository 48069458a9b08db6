package io.argosy.scheduler.framework;

import java.util.List;

/** What a plugin says about a pod on a node. */
public sealed interface Verdict {

    /** Whether it is {@link Pass}. */
    default boolean passes() {
        return this instanceof Pass;
    }

    /** Nothing against it. */
    enum Pass implements Verdict {
        PASS
    }

    /**
     * The pod cannot be there.
     *
     * @param reasons as messages count them
     * @param unresolvable whether the removal of other pods would not help
     */
    record Rejected(String plugin, List<String> reasons, boolean unresolvable) implements Verdict {

        public Rejected {
            reasons = List.copyOf(reasons);
        }

        /** Other pods stand in the way. */
        public static Rejected now(String plugin, String reason) {
            return new Rejected(plugin, List.of(reason), false);
        }

        /** It is not because of other pods. */
        public static Rejected always(String plugin, String reason) {
            return new Rejected(plugin, List.of(reason), true);
        }
    }
}
