package io.argosy.scheduler.framework;

import io.argosy.scheduler.columns.PodInfo;
import java.util.List;

/** The extension point PostFilter: what can be done for a pod that no node takes. */
public interface PostFilterPlugin extends Plugin {

    Remedy remedy(PodInfo pod, FilterRun run);

    /** What came out. */
    sealed interface Remedy {

        /**
         * Nothing can be done.
         *
         * @param clearNomination whether an earlier promise is void
         */
        record None(String message, boolean clearNomination) implements Remedy {}

        /** Nothing can be done, and no other plugin is asked. */
        record Stop(String message) implements Remedy {}

        /** Victims have to go; then the pod shall have the node. */
        record Preempt(String node, List<PodInfo> victims) implements Remedy {
            public Preempt {
                victims = List.copyOf(victims);
            }
        }
    }
}
