package io.argosy.controllermanager.daemonset;

import io.argosy.controllermanager.ownership.Owners;
import io.argosy.controllermanager.pod.Pods;
import io.argosy.controllermanager.pod.Shares;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDaemonSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A set, its pods by node, and how each node fits: all that is decided on. */
final class DaemonView {

    /** Pods that have a node first, then the oldest. */
    static final Comparator<Pod> OLDEST = Comparator.comparing(
                    (Pod pod) -> Pods.node(pod).isEmpty())
            .thenComparing(pod -> String.valueOf(pod.getMetadata().getCreationTimestamp()))
            .thenComparing(pod -> pod.getMetadata().getName());

    final DaemonSet set;
    final String hash;
    final Instant now;
    final Map<String, NodeFit> nodes = new LinkedHashMap<>();
    final Map<String, List<Pod>> pods = new LinkedHashMap<>();

    DaemonView(DaemonSet set, List<Node> nodes, List<Pod> owned, String hash, Instant now) {
        this.set = set;
        this.hash = hash;
        this.now = now;
        PodSpec spec = DaemonPods.tolerant(set.getSpec().getTemplate().getSpec());
        nodes.forEach(node -> this.nodes.put(node.getMetadata().getName(), NodeFit.of(spec, node)));
        for (Pod pod : owned) {
            boolean gone = Pods.isFinished(pod) && Owners.isDeleting(pod);
            String node = DaemonPods.node(pod);
            if (!gone && !node.isEmpty()) {
                pods.computeIfAbsent(node, key -> new ArrayList<>()).add(pod);
            }
        }
        pods.values().forEach(list -> list.sort(OLDEST));
    }

    List<Pod> on(String node) {
        return pods.getOrDefault(node, List.of());
    }

    boolean starts(String node) {
        NodeFit fit = nodes.get(node);
        return fit != null && fit.starts();
    }

    int desired() {
        return (int) nodes.values().stream().filter(NodeFit::starts).count();
    }

    int minReady() {
        return set.getSpec().getMinReadySeconds() == null ? 0 : set.getSpec().getMinReadySeconds();
    }

    boolean isAvailable(Pod pod) {
        return Pods.isAvailable(pod, minReady(), now);
    }

    boolean isRolling() {
        return set.getSpec().getUpdateStrategy() == null
                || !"OnDelete".equals(set.getSpec().getUpdateStrategy().getType());
    }

    private Optional<RollingUpdateDaemonSet> rolling() {
        return isRolling() && set.getSpec().getUpdateStrategy() != null
                ? Optional.ofNullable(set.getSpec().getUpdateStrategy().getRollingUpdate())
                : Optional.empty();
    }

    /** How many old pods may get a second, new one beside them. */
    int maxSurge() {
        return rolling()
                .map(rolling -> Shares.of(rolling.getMaxSurge(), desired(), true, 0))
                .orElse(0);
    }

    /** How many nodes may be without a pod during a rollout. */
    int maxUnavailable() {
        int allowed = rolling()
                .map(rolling -> Shares.of(rolling.getMaxUnavailable(), desired(), true, 1))
                .orElse(1);
        return allowed == 0 && maxSurge() == 0 ? 1 : allowed;
    }
}
