package io.argosy.scheduler.framework;

import io.argosy.scheduler.columns.PodInfo;

/** Something with an opinion at one or more extension points. Called by the scheduler's thread only. */
public interface Plugin {

    /** As configuration names it. */
    String name();

    /** Whether an event may make a pod fit that this plugin has rejected. In doubt yes: it is only tried again. */
    boolean mayHelp(ClusterEvent event, PodInfo waiting);
}
