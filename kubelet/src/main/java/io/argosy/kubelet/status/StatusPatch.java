package io.argosy.kubelet.status;

import io.argosy.client.request.ObjectJson;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The strategic merge patch that makes a pod's status what the kubelet says. Conditions merge by type, so those of
 * others stay; addresses, which also merge, are replaced as a whole. Pure.
 */
final class StatusPatch {

    private static final List<String> REPLACED = List.of("podIPs", "hostIPs");
    // Absent means that there is none: a merge would keep the old value.
    private static final List<String> CLEARED = List.of("reason", "message", "podIP");

    private StatusPatch() {}

    static JsonNode of(String uid, PodStatus status) {
        ObjectNode root = ObjectJson.mapper().createObjectNode();
        root.putObject("metadata").put("uid", uid);
        ObjectNode body = (ObjectNode) ObjectJson.toTree(status);
        for (String name : REPLACED) {
            ArrayNode list = body.has(name) && body.get(name).isArray() ? (ArrayNode) body.get(name) : null;
            if (list != null && !list.isEmpty()) {
                list.addObject().put("$patch", "replace");
            }
        }
        for (String name : CLEARED) {
            if (!body.has(name)) {
                body.putNull(name);
            }
        }
        for (String name : List.of("containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses")) {
            if (body.has(name) && body.get(name).isEmpty()) {
                body.remove(name);
            }
        }
        body.remove(List.of("resourceClaimStatuses", "nominatedNodeName", "resize"));
        for (JsonNode condition : body.path("conditions")) {
            ObjectNode c = (ObjectNode) condition;
            for (String field : List.of("reason", "message")) {
                if (!c.has(field)) {
                    c.putNull(field);
                }
            }
        }
        endResize(body);
        root.set("status", body);
        return root;
    }

    /** These conditions are there only while they hold. */
    private static void endResize(ObjectNode body) {
        ArrayNode conditions = body.withArray("/conditions");
        for (String type : PodConditions.RESIZE) {
            boolean told = conditions
                    .valueStream()
                    .anyMatch(c -> type.equals(c.path("type").asString("")));
            if (!told) {
                conditions.addObject().put("$patch", "delete").put("type", type);
            }
        }
    }
}
