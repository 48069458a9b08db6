package io.argosy.apiserver.table;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Nodes. */
final class NodeCells {

    private static final String ROLE_PREFIX = "node-role.kubernetes.io/";
    private static final String ROLE = "kubernetes.io/role";

    private NodeCells() {}

    static Map<String, CellFunction> functions() {
        return Map.of(
                "node.status", CellFunction.text(NodeCells::status),
                "node.roles", CellFunction.text(NodeCells::roles),
                "node.kernel", CellFunction.text(NodeCells::kernel),
                "node.address", NodeCells::address);
    }

    private static String status(ObjectValue node) {
        List<ObjectValue> ready = Conditions.of(node).stream()
                .filter(condition -> condition.string("type").orElse("").equals("Ready"))
                .toList();
        String status = ready.isEmpty() ? "Unknown" : Conditions.isTrue(ready.getLast()) ? "Ready" : "NotReady";
        return node.isTrue("spec", "unschedulable") ? status + ",SchedulingDisabled" : status;
    }

    private static String roles(ObjectValue node) {
        TreeSet<String> roles = new TreeSet<>();
        node.object("metadata", "labels")
                .ifPresent(labels -> labels.fields().forEach((label, value) -> {
                    String role = label.startsWith(ROLE_PREFIX)
                            ? label.substring(ROLE_PREFIX.length())
                            : label.equals(ROLE) ? CellPath.text(value) : "";
                    if (!role.isEmpty()) {
                        roles.add(role);
                    }
                }));
        return roles.isEmpty() ? "<none>" : String.join(",", roles);
    }

    private static String kernel(ObjectValue node) {
        String version = node.string("status", "nodeInfo", "kernelVersion")
                .filter(text -> !text.isEmpty())
                .orElse("<unknown>");
        return node.string("status", "nodeInfo", "architecture")
                .filter(text -> !text.isEmpty())
                .map(architecture -> version + " (" + architecture + ")")
                .orElse(version);
    }

    /** The first address of the type that is the argument. */
    private static Cell address(List<String> arguments) {
        String type = arguments.getFirst();
        return (node, _) -> Value.of(node.array("status", "addresses").stream()
                .flatMap(ArrayValue::objects)
                .filter(address -> address.string("type").orElse("").equals(type))
                .findFirst()
                .flatMap(address -> address.string("address"))
                .orElse("<none>"));
    }
}
