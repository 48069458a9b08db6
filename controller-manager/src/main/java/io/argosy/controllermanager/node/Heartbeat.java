package io.argosy.controllermanager.node;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a node was last seen to show a sign of life, by this machine's monotonic clock: a lease that was renewed, or a
 * status that was posted. The node's own clock does not matter.
 */
final class Heartbeat {

    static final List<String> CONDITIONS = List.of("Ready", "MemoryPressure", "DiskPressure", "PIDPressure");

    private @Nullable String renewed;
    private @Nullable String posted;
    private long seenAt;

    Heartbeat(long now) {
        seenAt = now;
    }

    /** Takes in what is known of the node now. */
    void observe(Node node, Optional<Lease> lease, long now) {
        String renewal = lease.map(found -> String.valueOf(
                        found.getSpec() == null ? null : found.getSpec().getRenewTime()))
                .orElse(null);
        String heartbeat = Taints.condition(node, "Ready")
                .map(NodeCondition::getLastHeartbeatTime)
                .orElse(null);
        if (!Objects.equals(renewal, renewed) || !Objects.equals(heartbeat, posted)) {
            renewed = renewal;
            posted = heartbeat;
            seenAt = now;
        }
    }

    boolean isSilent(long now, Duration grace) {
        return now - seenAt > grace.toNanos();
    }

    /** The conditions of a node that is silent: everything is unknown. Empty when they say so already. */
    static Optional<List<NodeCondition>> unknown(Node node, String now) {
        List<NodeCondition> conditions = new ArrayList<>(
                node.getStatus() == null || node.getStatus().getConditions() == null
                        ? List.of()
                        : node.getStatus().getConditions());
        boolean changed = false;
        for (String type : CONDITIONS) {
            Optional<NodeCondition> was = Taints.condition(node, type);
            if (was.filter(condition -> condition.getStatus().equals("Unknown")).isPresent()) {
                continue;
            }
            changed = true;
            NodeCondition next = new NodeCondition();
            next.setType(type);
            next.setStatus("Unknown");
            next.setReason(was.isPresent() ? "NodeStatusUnknown" : "NodeStatusNeverUpdated");
            next.setMessage(
                    was.isPresent() ? "Kubelet stopped posting node status." : "Kubelet never posted node status.");
            next.setLastTransitionTime(now);
            next.setLastHeartbeatTime(was.map(NodeCondition::getLastHeartbeatTime)
                    .orElseGet(() -> node.getMetadata().getCreationTimestamp()));
            conditions.removeIf(condition -> condition.getType().equals(type));
            conditions.add(next);
        }
        return changed ? Optional.of(conditions) : Optional.empty();
    }
}
