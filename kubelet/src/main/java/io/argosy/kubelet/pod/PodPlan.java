package io.argosy.kubelet.pod;

import io.fabric8.kubernetes.api.model.Container;
import java.util.List;

/** What one step of a pod has to do; matched exhaustively by the one that acts. */
sealed interface PodPlan {

    /** Everything of the pod is stopped, and nothing started: it has run to its end, or can no longer run. */
    record StopAll() implements PodPlan {}

    /**
     * The old sandbox, if any, is stopped with everything in it, and a new one made, with these containers in it.
     *
     * @param attempt the number of the new sandbox
     */
    record NewSandbox(int attempt, boolean stopOld, List<Start> starts) implements PodPlan {
        public NewSandbox {
            starts = List.copyOf(starts);
        }
    }

    /** The sandbox stays; some containers are killed, some started. Both may be empty. */
    record Adjust(String sandboxId, List<Kill> kills, List<Start> starts) implements PodPlan {
        public Adjust {
            kills = List.copyOf(kills);
            starts = List.copyOf(starts);
        }
    }

    /** A container that is to run. */
    record Start(Container container, ContainerKind kind) {}

    /** A container that runs and must not, and why. */
    record Kill(ObservedContainer container, KillReason reason, String message) {}

    /** Why a container of a living pod is killed. */
    enum KillReason {
        DEFINITION_CHANGED,
        LIVENESS_PROBE,
        STARTUP_PROBE,
        UNKNOWN_STATE,
        RESIZED,
        POD_RESTART
    }
}
