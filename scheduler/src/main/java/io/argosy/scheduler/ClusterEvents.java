package io.argosy.scheduler;

import io.argosy.apimodel.quantity.Quantity;
import io.argosy.scheduler.columns.NodeFacts;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.columns.Selectors;
import io.argosy.scheduler.framework.ClusterEvent;
import java.util.Map;
import java.util.Optional;

/** Reads events out of two states of an object. */
final class ClusterEvents {

    private ClusterEvents() {}

    /** What a change of a node may help; nothing when only its heartbeat changed. */
    static Optional<ClusterEvent> of(Optional<NodeFacts> before, NodeFacts after) {
        if (before.isEmpty()) {
            return Optional.of(new ClusterEvent.NodeChanged(before, after, true));
        }
        NodeFacts old = before.get();
        boolean more = moreAllocatable(old, after);
        boolean changed = more
                || !old.labels().equals(after.labels())
                || !old.taints().equals(after.taints())
                || old.unschedulable() != after.unschedulable();
        return changed ? Optional.of(new ClusterEvent.NodeChanged(before, after, more)) : Optional.empty();
    }

    private static boolean moreAllocatable(NodeFacts before, NodeFacts after) {
        Map<String, io.fabric8.kubernetes.api.model.Quantity> had = allocatable(before);
        for (var entry : allocatable(after).entrySet()) {
            var old = had.get(entry.getKey());
            if (old == null || amount(entry.getValue()).compareTo(amount(old)) > 0) {
                return true;
            }
        }
        return false;
    }

    private static Quantity amount(io.fabric8.kubernetes.api.model.Quantity quantity) {
        return Quantity.tryParse(quantity.toString()).orElse(Quantity.ZERO);
    }

    private static Map<String, io.fabric8.kubernetes.api.model.Quantity> allocatable(NodeFacts node) {
        return node.node().getStatus() == null
                ? Map.of()
                : Selectors.orEmpty(node.node().getStatus().getAllocatable());
    }

    /** What a change of a pod that is on a node may help. */
    static Optional<ClusterEvent> ofPlaced(PodInfo before, PodInfo after) {
        if (!before.shape().equals(after.shape())) {
            return Optional.of(new ClusterEvent.PodPlaced(after));
        }
        for (int resource = 0; resource < before.requests().length; resource++) {
            if (after.request(resource) < before.request(resource)) {
                return Optional.of(new ClusterEvent.PodScaledDown(after));
            }
        }
        return Optional.empty();
    }
}
