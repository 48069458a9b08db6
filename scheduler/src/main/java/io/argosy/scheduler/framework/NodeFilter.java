package io.argosy.scheduler.framework;

import io.argosy.scheduler.columns.PodInfo;

/** A plugin's filter, made ready for one pod. It reads the cluster's state as it is at each call. */
@FunctionalInterface
public interface NodeFilter {

    Verdict check(int slot);

    /**
     * Another pod came to a node or left it since the filter was made, really or to see what would be.
     *
     * @param delta 1 or -1
     */
    default void podChanged(PodInfo other, int slot, int delta) {}
}
