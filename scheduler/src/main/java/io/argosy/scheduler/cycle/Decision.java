package io.argosy.scheduler.cycle;

import io.argosy.scheduler.framework.PostFilterPlugin.Remedy;
import java.util.List;
import java.util.Set;

/** What one cycle decides for its pod. */
public sealed interface Decision {

    /**
     * The pod goes to a node.
     *
     * @param evaluated how many nodes were looked at
     * @param feasible how many of them could take it
     */
    record Placed(String node, int evaluated, int feasible) implements Decision {}

    /**
     * No node takes the pod.
     *
     * @param rejectedBy the plugins that stand against it
     * @param remedy what can be done
     */
    record Unfit(String message, Set<String> rejectedBy, Remedy remedy) implements Decision {
        public Unfit {
            rejectedBy = Set.copyOf(rejectedBy);
        }
    }

    /** There is no node. */
    record NoNodes() implements Decision {
        public static final String MESSAGE = "no nodes available to schedule pods";
    }

    /** The reasons of one plugin run, joined. */
    static String joined(List<String> reasons) {
        return String.join(", ", reasons);
    }
}
