package io.argosy.scheduler.framework;

import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.columns.PodInfo;
import java.util.Optional;

/** The extension points PreScore, Score and NormalizeScore. */
public interface ScorePlugin extends Plugin {

    /** PreScore; empty when every node would get the same. */
    Optional<NodeScorer> prepareScore(PodInfo pod, ClusterState cluster, int[] slots);
}
