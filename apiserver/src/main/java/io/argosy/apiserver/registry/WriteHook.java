package io.argosy.apiserver.registry;

import io.argosy.apimodel.tree.ObjectValue;
import java.util.Optional;

/**
 * What must happen around a write beside it: allocate addresses and ports, remember old values. Called after admission
 * and validation succeeded; may block and may change the object.
 */
public interface WriteHook {

    /**
     * @param old empty for creates
     * @return what to do when the write is done or has failed
     */
    Reservation begin(StrategyContext context, ObjectValue object, Optional<ObjectValue> old, boolean dryRun);

    /** After an object is gone from the store. */
    default void deleted(StrategyContext context, ObjectValue old, boolean dryRun) {}

    /** Ends what {@link #begin} began; exactly one of the two is called. */
    interface Reservation {
        void commit();

        void release();

        Reservation NONE = new Reservation() {
            @Override
            public void commit() {}

            @Override
            public void release() {}
        };
    }
}
