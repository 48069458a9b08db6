package io.argosy.scheduler.framework;

import io.argosy.scheduler.columns.PodInfo;
import java.util.Comparator;

/** The extension point QueueSort. */
public interface QueueSortPlugin extends Plugin {

    /** A pod in the queue; ties that the order leaves are broken by who came first. */
    record Waiting(PodInfo pod, long since) {}

    Comparator<Waiting> order();
}
