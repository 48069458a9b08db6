package io.argosy.scheduler.framework;

import io.argosy.scheduler.columns.PodInfo;
import java.util.Optional;

/** The extension points Reserve and PreBind. */
public interface ReservePlugin extends Plugin {

    /**
     * Takes what the pod needs on the node besides its amounts.
     *
     * @return nothing when there is nothing to do before the binding
     */
    Optional<Reservation> reserve(PodInfo pod, String node);

    /** What was taken. */
    interface Reservation {

        /** Makes it so at the API server; on the binding's own thread, may take long. Throws what a binding throws. */
        void beforeBinding() throws InterruptedException;

        /** Gives it back, on the scheduler's thread. */
        void release();
    }
}
