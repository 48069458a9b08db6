package io.argosy.client.testing;

import static io.argosy.client.testing.MemoryStore.text;

import io.argosy.client.request.ObjectJson;
import io.argosy.client.transport.HttpCall;
import io.argosy.client.transport.HttpStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The verbs of the in-memory server. */
final class MemoryRoutes {

    private MemoryRoutes() {}

    static Reply serve(MemoryStore store, HttpCall call) {
        Address address = Address.of(call.path());
        synchronized (store) {
            return switch (call.method()) {
                case "GET" -> address.name().isEmpty() ? list(store, address, call.query()) : get(store, address);
                case "POST" ->
                    address.subresource().isEmpty()
                            ? MemoryWrites.create(store, address, body(call))
                            : MemoryWrites.createSubresource(store, address, body(call));
                case "PUT" -> MemoryWrites.update(store, address, body(call));
                case "PATCH" -> MemoryWrites.patch(store, address, call);
                case "DELETE" ->
                    address.name().isEmpty()
                            ? deleteAll(store, address, call)
                            : MemoryWrites.delete(store, address, options(call));
                default -> Reply.error(405, "MethodNotAllowed", "method not allowed", "", address.resource());
            };
        }
    }

    private static ObjectNode body(HttpCall call) {
        return (ObjectNode) ObjectJson.tree(call.body());
    }

    private static JsonNode options(HttpCall call) {
        return call.body().length == 0 ? ObjectJson.mapper().createObjectNode() : ObjectJson.tree(call.body());
    }

    private static Reply get(MemoryStore store, Address address) {
        return store.get(address.key()).<Reply>map(Reply::ok).orElseGet(() -> notFound(address));
    }

    static Reply notFound(Address address) {
        return Reply.error(
                404,
                "NotFound",
                address.qualified() + " \"" + address.name() + "\" not found",
                address.name(),
                address.resource());
    }

    private static Reply list(MemoryStore store, Address address, Map<String, String> query) {
        Selection selection = Selection.of(address, query);
        ObjectNode list = ObjectJson.mapper().createObjectNode();
        list.put("kind", "List");
        list.put("apiVersion", "v1");
        list.withObject("/metadata").put("resourceVersion", Long.toString(store.version()));
        ArrayNode items = list.putArray("items");
        List<ObjectNode> found = store.list(address.collection()).stream()
                .filter(selection::matches)
                .toList();
        int from = Integer.parseInt(query.getOrDefault("continue", "0"));
        long limit = Long.parseLong(query.getOrDefault("limit", "0"));
        long to = limit > 0 ? Math.min(found.size(), from + limit) : found.size();
        found.subList(from, (int) to).forEach(items::add);
        if (to < found.size()) {
            list.withObject("/metadata").put("continue", Long.toString(to));
        }
        return Reply.ok(list);
    }

    private static Reply deleteAll(MemoryStore store, Address address, HttpCall call) {
        Selection selection = Selection.of(address, call.query());
        for (ObjectNode object : store.list(address.collection())) {
            if (selection.matches(object)) {
                Address one = new Address(
                        address.collection(),
                        address.group(),
                        address.resource(),
                        text(object, "metadata", "namespace"),
                        text(object, "metadata", "name"),
                        "");
                MemoryWrites.delete(store, one, options(call));
            }
        }
        return Reply.success(address.resource(), "", "");
    }

    static HttpStream watch(MemoryStore store, HttpCall call) {
        Address address = Address.of(call.path());
        Selection selection = Selection.of(address, call.query());
        String asked = call.query().getOrDefault("resourceVersion", "");
        synchronized (store) {
            boolean initial = "true".equals(call.query().get("sendInitialEvents"));
            long from = asked.isEmpty() || asked.equals("0") ? store.version() : Long.parseLong(asked);
            MemoryWatch watch = new MemoryWatch(store, address, selection, from);
            if (initial) {
                Map.Entry<Long, List<ObjectNode>> state = store.snapshot(address.collection());
                watch.begin(state.getValue(), state.getKey(), "Bookmark");
            } else if (from < store.compacted()) {
                watch.fail(Reply.error(
                        410,
                        "Expired",
                        "too old resource version: " + from + " (" + store.compacted() + ")",
                        "",
                        address.resource()));
            }
            store.join(watch);
            return watch;
        }
    }

    static Optional<Reply> preconditions(JsonNode options, ObjectNode object, Address address) {
        for (String field : List.of("uid", "resourceVersion")) {
            String wanted = text(options, "preconditions", field);
            String actual = text(object, "metadata", field);
            if (!wanted.isEmpty() && !wanted.equals(actual)) {
                return Optional.of(conflict(
                        address,
                        "Precondition failed: " + (field.equals("uid") ? "UID" : "ResourceVersion")
                                + " in precondition: " + wanted + ", "
                                + (field.equals("uid") ? "UID" : "ResourceVersion")
                                + " in object meta: " + actual));
            }
        }
        return Optional.empty();
    }

    static Reply conflict(Address address, String why) {
        return Reply.error(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + address.qualified() + " \"" + address.name() + "\": " + why,
                address.name(),
                address.resource());
    }
}
