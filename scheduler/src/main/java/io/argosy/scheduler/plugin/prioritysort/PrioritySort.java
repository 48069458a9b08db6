package io.argosy.scheduler.plugin.prioritysort;

import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.framework.ClusterEvent;
import io.argosy.scheduler.framework.QueueSortPlugin;
import java.util.Comparator;

/** Higher priority first, then who waits longer. */
public final class PrioritySort implements QueueSortPlugin {

    public static final String NAME = "PrioritySort";

    private static final Comparator<Waiting> ORDER = Comparator.<Waiting>comparingInt(
                    waiting -> waiting.pod().priority())
            .reversed()
            .thenComparingLong(Waiting::since);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Comparator<Waiting> order() {
        return ORDER;
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo waiting) {
        return false;
    }
}
