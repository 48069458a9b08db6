package io.argosy.client.testing;

import io.argosy.client.request.ObjectJson;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Applies patches to trees. */
final class MemoryPatch {

    /** Keys of the lists that a strategic merge joins, by the name of their field. */
    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("conditions", "type"),
            Map.entry("containers", "name"),
            Map.entry("initContainers", "name"),
            Map.entry("ephemeralContainers", "name"),
            Map.entry("env", "name"),
            Map.entry("volumes", "name"),
            Map.entry("volumeMounts", "mountPath"),
            Map.entry("ports", "port"),
            Map.entry("addresses", "type"),
            Map.entry("taints", "key"),
            Map.entry("ownerReferences", "uid"),
            Map.entry("imagePullSecrets", "name"),
            Map.entry("secrets", "name"));

    private MemoryPatch() {}

    static ObjectNode merge(ObjectNode into, ObjectNode patch, boolean strategic) {
        for (Map.Entry<String, JsonNode> entry : patch.properties()) {
            String name = entry.getKey();
            JsonNode value = entry.getValue();
            if (strategic && name.startsWith("$")) {
                directive(into, name, value);
            } else if (value.isNull()) {
                into.remove(name);
            } else if (value instanceof ObjectNode object) {
                ObjectNode base = into.get(name) instanceof ObjectNode there
                        ? there
                        : ObjectJson.mapper().createObjectNode();
                into.set(name, merge(base, object, strategic));
            } else if (strategic && value instanceof ArrayNode list && into.get(name) instanceof ArrayNode there) {
                into.set(name, mergeLists(name, there, list));
            } else {
                into.set(name, value.deepCopy());
            }
        }
        return into;
    }

    private static void directive(ObjectNode into, String name, JsonNode value) {
        String prefix = "$deleteFromPrimitiveList/";
        if (name.startsWith(prefix) && into.get(name.substring(prefix.length())) instanceof ArrayNode list) {
            for (JsonNode gone : value) {
                for (int i = list.size() - 1; i >= 0; i--) {
                    if (list.get(i).equals(gone)) {
                        list.remove(i);
                    }
                }
            }
        }
    }

    private static ArrayNode mergeLists(String name, ArrayNode there, ArrayNode patch) {
        if (name.equals("finalizers")) {
            ArrayNode union = there.deepCopy();
            for (JsonNode item : patch) {
                boolean known = there.valueStream().anyMatch(item::equals);
                if (!known) {
                    union.add(item);
                }
            }
            return union;
        }
        String key = KEYS.get(name);
        if (key == null) {
            return patch.deepCopy();
        }
        ArrayNode merged = there.deepCopy();
        for (JsonNode item : patch) {
            int at = find(merged, key, item.path(key));
            if (item.path("$patch").asString("").equals("delete")) {
                if (at >= 0) {
                    merged.remove(at);
                }
            } else if (at >= 0) {
                merge((ObjectNode) merged.get(at), (ObjectNode) item, true);
            } else {
                merged.add(item.deepCopy());
            }
        }
        return merged;
    }

    private static int find(ArrayNode list, String key, JsonNode value) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).path(key).equals(value)) {
                return i;
            }
        }
        return -1;
    }

    static ObjectNode json(ObjectNode before, JsonNode operations) {
        ObjectNode next = before.deepCopy();
        for (JsonNode operation : operations) {
            String path = operation.path("path").asString();
            int slash = path.lastIndexOf('/');
            JsonNode parent = next.at(path.substring(0, slash));
            String last = path.substring(slash + 1).replace("~1", "/").replace("~0", "~");
            JsonNode value = operation.path("value");
            switch (operation.path("op").asString()) {
                case "add" -> add(parent, last, value);
                case "replace" -> replace(parent, last, value);
                case "remove" -> remove(parent, last);
                case "test" -> test(parent, last, value);
                default -> throw new IllegalArgumentException("operation is not known here: " + operation);
            }
        }
        return next;
    }

    private static void add(JsonNode parent, String last, JsonNode value) {
        if (parent instanceof ArrayNode list) {
            list.insert(last.equals("-") ? list.size() : Integer.parseInt(last), value);
        } else {
            ((ObjectNode) parent).set(last, value);
        }
    }

    private static void replace(JsonNode parent, String last, JsonNode value) {
        if (parent instanceof ArrayNode list) {
            list.set(Integer.parseInt(last), value);
        } else {
            ((ObjectNode) parent).set(last, value);
        }
    }

    private static void remove(JsonNode parent, String last) {
        if (parent instanceof ArrayNode list) {
            list.remove(Integer.parseInt(last));
        } else {
            ((ObjectNode) parent).remove(last);
        }
    }

    private static void test(JsonNode parent, String last, JsonNode value) {
        JsonNode actual = parent instanceof ArrayNode ? parent.path(Integer.parseInt(last)) : parent.path(last);
        if (!actual.equals(value)) {
            throw new IllegalArgumentException("test failed at " + last);
        }
    }
}
