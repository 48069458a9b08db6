package io.argosy.scheduler.framework;

import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.columns.PodInfo;
import java.util.Set;

/** The extension points PreFilter and Filter. */
public interface FilterPlugin extends Plugin {

    /** PreFilter: what can be said of the pod before any node is looked at. */
    Prepared prepare(PodInfo pod, ClusterState cluster);

    /** The outcome of PreFilter. */
    sealed interface Prepared {

        /** Nothing to filter for this pod. */
        enum Skip implements Prepared {
            SKIP
        }

        /** No node can take the pod. */
        record NoNode(Verdict.Rejected why) implements Prepared {}

        /** Every node has to be asked. */
        record Check(NodeFilter filter) implements Prepared {}

        /** Only these nodes come into question, and have to be asked. */
        record Only(Set<String> nodes, NodeFilter filter) implements Prepared {}

        static Prepared check(NodeFilter filter) {
            return new Check(filter);
        }
    }
}
