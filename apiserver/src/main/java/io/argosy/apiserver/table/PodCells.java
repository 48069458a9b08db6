package io.argosy.apiserver.table;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.List;
import java.util.Map;

/** Pods. */
final class PodCells {

    private static final String NONE = "<none>";

    private PodCells() {}

    static Map<String, CellFunction> functions() {
        return Map.of(
                "pod.ready",
                CellFunction.text(pod -> {
                    PodSummary summary = PodSummary.of(pod);
                    return summary.ready() + "/" + summary.total();
                }),
                "pod.status",
                CellFunction.text(pod -> PodSummary.of(pod).reason()),
                "pod.restarts",
                _ -> (pod, now) -> Value.of(PodSummary.of(pod).restartText(now)),
                "pod.ip",
                CellFunction.text(PodCells::address),
                "pod.readinessGates",
                CellFunction.text(PodCells::readinessGates));
    }

    private static String address(ObjectValue pod) {
        return pod.array("status", "podIPs").stream()
                .flatMap(ArrayValue::objects)
                .findFirst()
                .flatMap(address -> address.string("ip"))
                .filter(ip -> !ip.isEmpty())
                .orElse(NONE);
    }

    private static String readinessGates(ObjectValue pod) {
        List<ObjectValue> gates = pod.array("spec", "readinessGates").stream()
                .flatMap(ArrayValue::objects)
                .toList();
        if (gates.isEmpty()) {
            return NONE;
        }
        long open = gates.stream()
                .filter(gate ->
                        Conditions.holds(pod, gate.string("conditionType").orElse("")))
                .count();
        return open + "/" + gates.size();
    }
}
