package io.argosy.controllermanager.node;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Which taints a node's conditions call for. Pure. */
final class Taints {

    static final String NOT_READY = "node.kubernetes.io/not-ready";
    static final String UNREACHABLE = "node.kubernetes.io/unreachable";
    static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable";

    private static final Map<String, String> BY_PRESSURE = Map.of(
            "MemoryPressure", "node.kubernetes.io/memory-pressure",
            "DiskPressure", "node.kubernetes.io/disk-pressure",
            "PIDPressure", "node.kubernetes.io/pid-pressure",
            "NetworkUnavailable", "node.kubernetes.io/network-unavailable");

    /** The taints against scheduling that this controller owns. */
    private static final Set<String> OWNED = Set.of(
            NOT_READY,
            UNREACHABLE,
            UNSCHEDULABLE,
            "node.kubernetes.io/memory-pressure",
            "node.kubernetes.io/disk-pressure",
            "node.kubernetes.io/pid-pressure",
            "node.kubernetes.io/network-unavailable");

    private Taints() {}

    static List<Taint> of(Node node) {
        List<Taint> taints = node.getSpec() == null ? null : node.getSpec().getTaints();
        return taints == null ? List.of() : taints;
    }

    static Optional<NodeCondition> condition(Node node, String type) {
        return node.getStatus() == null || node.getStatus().getConditions() == null
                ? Optional.empty()
                : node.getStatus().getConditions().stream()
                        .filter(condition -> condition.getType().equals(type))
                        .findFirst();
    }

    /** The node's taints with those against scheduling as its conditions call for. */
    static List<Taint> againstScheduling(Node node, String now) {
        List<String> wanted = new ArrayList<>();
        condition(node, "Ready").ifPresent(ready -> {
            if (ready.getStatus().equals("False")) {
                wanted.add(NOT_READY);
            } else if (ready.getStatus().equals("Unknown")) {
                wanted.add(UNREACHABLE);
            }
        });
        BY_PRESSURE.forEach((type, key) -> condition(node, type)
                .filter(condition -> condition.getStatus().equals("True"))
                .ifPresent(condition -> wanted.add(key)));
        if (node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable())) {
            wanted.add(UNSCHEDULABLE);
        }
        return merged(of(node), OWNED, "NoSchedule", wanted, now);
    }

    /** The node's taints with the one that drives pods away as its readiness calls for; empty wants none. */
    static List<Taint> againstRunning(Node node, Optional<String> wanted, String now) {
        return merged(
                of(node),
                Set.of(NOT_READY, UNREACHABLE),
                "NoExecute",
                wanted.stream().toList(),
                now);
    }

    private static List<Taint> merged(
            List<Taint> before, Set<String> owned, String effect, List<String> wanted, String now) {
        List<Taint> taints = new ArrayList<>();
        List<String> missing = new ArrayList<>(wanted);
        for (Taint taint : before) {
            boolean ours = effect.equals(taint.getEffect()) && owned.contains(taint.getKey());
            if (!ours || missing.remove(taint.getKey())) {
                taints.add(taint);
            }
        }
        for (String key : missing) {
            Taint taint = new Taint();
            taint.setKey(key);
            taint.setEffect(effect);
            taint.setTimeAdded(now);
            taints.add(taint);
        }
        return taints;
    }

    /** What a node's readiness calls for against running pods. */
    static Optional<String> evicting(Node node) {
        String ready = condition(node, "Ready").map(NodeCondition::getStatus).orElse("Unknown");
        return switch (ready) {
            case "True" -> Optional.empty();
            case "False" -> Optional.of(NOT_READY);
            default -> Optional.of(UNREACHABLE);
        };
    }

    static boolean tolerates(Toleration toleration, Taint taint) {
        boolean effect = toleration.getEffect() == null
                || toleration.getEffect().isEmpty()
                || toleration.getEffect().equals(taint.getEffect());
        String key = toleration.getKey() == null ? "" : toleration.getKey();
        boolean exists = "Exists".equals(toleration.getOperator());
        if (!effect || (!key.isEmpty() && !key.equals(taint.getKey()))) {
            return false;
        }
        String value = taint.getValue() == null ? "" : taint.getValue();
        return exists
                || (!key.isEmpty()
                        && Objects.equals(toleration.getValue() == null ? "" : toleration.getValue(), value));
    }
}
