package io.argosy.scheduler.framework;

import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.columns.PodInfo;
import java.util.List;

/** One pod's filters at work, for what comes after them in the same cycle. */
public interface FilterRun {

    ClusterState cluster();

    /** Whether a plugin refused the pod before any node, so that those after it were not prepared. */
    boolean refusedBefore(String plugin);

    /** What was said of a node; of nodes that were not asked, what was said of all of them. */
    Verdict verdict(int slot);

    /** Asks again, with the pods that were promised the node counted as if they were there. */
    Verdict check(int slot);

    /** Takes a pod from a node, to see what would be. */
    void without(PodInfo other, int slot);

    /** Puts it back. */
    void with(PodInfo other, int slot);

    /** Pods that were promised the node. */
    List<PodInfo> nominated(int slot);
}
