package io.argosy.scheduler.framework;

import io.argosy.scheduler.columns.NodeFacts;
import io.argosy.scheduler.columns.PodInfo;
import java.util.Optional;

/** What happened in the cluster that may let a waiting pod fit. */
public sealed interface ClusterEvent {

    /** A node came, or changed in something that matters. */
    record NodeChanged(Optional<NodeFacts> before, NodeFacts after, boolean moreAllocatable) implements ClusterEvent {}

    /** A pod left its node, or ended. */
    record PodGone(PodInfo pod) implements ClusterEvent {}

    /** A pod got a node, or a pod on a node got other labels. */
    record PodPlaced(PodInfo pod) implements ClusterEvent {}

    /** A pod on a node asks for less. */
    record PodScaledDown(PodInfo pod) implements ClusterEvent {}

    /** The waiting pod itself was changed in its specification or labels. */
    record PodChanged(PodInfo pod) implements ClusterEvent {}

    /** A claim, volume, class or driver came, changed or went. */
    record StorageChanged() implements ClusterEvent {}

    /** The labels of a namespace changed. */
    record NamespaceChanged(String namespace) implements ClusterEvent {}
}
