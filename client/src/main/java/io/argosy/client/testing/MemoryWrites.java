package io.argosy.client.testing;

import static io.argosy.client.testing.MemoryStore.text;

import io.argosy.client.request.ObjectJson;
import io.argosy.client.transport.HttpCall;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What writes do to the objects of the in-memory server. The store's lock is held. */
final class MemoryWrites {

    private MemoryWrites() {}

    static Reply create(MemoryStore store, Address address, ObjectNode object) {
        ObjectNode metadata = object.withObject("/metadata");
        if (text(metadata, "name").isEmpty()) {
            metadata.put("name", text(metadata, "generateName") + store.suffix());
        }
        String name = text(metadata, "name");
        if (!address.namespace().isEmpty()) {
            metadata.put("namespace", address.namespace());
        }
        String key = address.key(address.namespace(), name);
        if (store.get(key).isPresent()) {
            return Reply.error(
                    409,
                    "AlreadyExists",
                    address.qualified() + " \"" + name + "\" already exists",
                    name,
                    address.resource());
        }
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put("creationTimestamp", store.now());
        metadata.put("generation", 1);
        metadata.remove(List.of("resourceVersion", "deletionTimestamp"));
        if (address.resource().equals("pods")) {
            object.withObject("/status").put("phase", "Pending");
        } else if (address.resource().equals("namespaces")) {
            object.withObject("/status").put("phase", "Active");
            object.withObject("/spec").putArray("finalizers").add("kubernetes");
        } else {
            object.remove("status");
        }
        return new Reply(201, store.put(key, address.collection(), object));
    }

    static Reply createSubresource(MemoryStore store, Address address, ObjectNode body) {
        Optional<ObjectNode> found = store.get(address.key());
        if (found.isEmpty()) {
            return MemoryRoutes.notFound(address);
        }
        ObjectNode object = found.get();
        return switch (address.subresource()) {
            case "binding" -> bind(store, address, object, text(body, "target", "name"));
            case "eviction" -> {
                delete(store, address, body.path("deleteOptions"));
                yield created(address);
            }
            default -> MemoryRoutes.notFound(address);
        };
    }

    private static Reply created(Address address) {
        return new Reply(
                201, Reply.success(address.resource(), address.name(), "").body());
    }

    private static Reply bind(MemoryStore store, Address address, ObjectNode pod, String node) {
        String bound = text(pod, "spec", "nodeName");
        if (!bound.isEmpty()) {
            return MemoryRoutes.conflict(
                    address, "pod " + address.name() + " is already assigned to node \"" + bound + "\"");
        }
        pod.withObject("/spec").put("nodeName", node);
        condition(pod, "PodScheduled", store.now());
        store.put(address.key(), address.collection(), pod);
        return created(address);
    }

    private static void condition(ObjectNode object, String type, String now) {
        ArrayNode conditions = object.withObject("/status").withArray("/conditions");
        conditions.addObject().put("type", type).put("status", "True").put("lastTransitionTime", now);
    }

    static Reply update(MemoryStore store, Address address, ObjectNode next) {
        Optional<ObjectNode> found = store.get(address.key());
        if (found.isEmpty()) {
            return MemoryRoutes.notFound(address);
        }
        String version = text(next, "metadata", "resourceVersion");
        if (!version.isEmpty() && !version.equals(text(found.get(), "metadata", "resourceVersion"))) {
            return MemoryRoutes.conflict(
                    address,
                    "the object has been modified; please apply your changes to the latest version and try again");
        }
        String uid = text(next, "metadata", "uid");
        if (!uid.isEmpty() && !uid.equals(text(found.get(), "metadata", "uid"))) {
            return MemoryRoutes.conflict(
                    address,
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: "
                            + text(found.get(), "metadata", "uid"));
        }
        return store(store, address, found.get(), next);
    }

    static Reply patch(MemoryStore store, Address address, HttpCall call) {
        Optional<ObjectNode> found = store.get(address.key());
        String type = call.headers().getOrDefault("content-type", "");
        boolean apply = type.contains("apply-patch");
        if (found.isEmpty() && !apply) {
            return MemoryRoutes.notFound(address);
        }
        JsonNode patch = ObjectJson.tree(call.body());
        if (found.isEmpty()) {
            return create(store, address, (ObjectNode) patch);
        }
        ObjectNode before = found.get();
        ObjectNode next = switch (type) {
            case "application/json-patch+json" -> MemoryPatch.json(before, patch);
            case "application/merge-patch+json" -> MemoryPatch.merge(before.deepCopy(), (ObjectNode) patch, false);
            default -> MemoryPatch.merge(before.deepCopy(), (ObjectNode) patch, true);
        };
        String version = text(patch, "metadata", "resourceVersion");
        if (!version.isEmpty() && !version.equals(text(before, "metadata", "resourceVersion"))) {
            return MemoryRoutes.conflict(address, "the object has been modified");
        }
        String uid = text(patch, "metadata", "uid");
        if (!uid.isEmpty() && !uid.equals(text(before, "metadata", "uid"))) {
            return MemoryRoutes.conflict(address, "Precondition failed: UID in precondition: " + uid);
        }
        return store(store, address, before, next);
    }

    private static Reply store(MemoryStore store, Address address, ObjectNode before, ObjectNode next) {
        ObjectNode merged;
        if (address.subresource().equals("status")) {
            merged = before.deepCopy();
            merged.set("status", next.path("status"));
        } else {
            merged = next.deepCopy();
            if (before.has("status")) {
                merged.set("status", before.get("status"));
            }
            ObjectNode metadata = merged.withObject("/metadata");
            for (String kept : List.of("uid", "creationTimestamp", "deletionTimestamp", "generation", "name")) {
                JsonNode value = before.path("metadata").path(kept);
                if (!value.isMissingNode()) {
                    metadata.set(kept, value);
                }
            }
            if (!merged.path("spec").equals(before.path("spec"))) {
                metadata.put(
                        "generation", before.path("metadata").path("generation").asLong(0) + 1);
            }
        }
        if (isGone(merged)) {
            return Reply.ok(store.put(address.key(), address.collection(), null));
        }
        merged.withObject("/metadata").put("resourceVersion", text(before, "metadata", "resourceVersion"));
        return merged.equals(before)
                ? Reply.ok(before)
                : Reply.ok(store.put(address.key(), address.collection(), merged));
    }

    /** Deletion was asked for, and nobody holds the object back any more. */
    private static boolean isGone(ObjectNode object) {
        boolean deleting = object.path("metadata").has("deletionTimestamp");
        boolean held = !object.path("metadata").path("finalizers").isEmpty()
                || (text(object, "kind").equals("Namespace")
                        && !object.path("spec").path("finalizers").isEmpty());
        return deleting
                && !held
                && object.path("metadata").path("deletionGracePeriodSeconds").asLong(0) == 0;
    }

    static Reply delete(MemoryStore store, Address address, JsonNode options) {
        Optional<ObjectNode> found = store.get(address.key());
        if (found.isEmpty()) {
            return MemoryRoutes.notFound(address);
        }
        ObjectNode object = found.get();
        Optional<Reply> refused = MemoryRoutes.preconditions(options, object, address);
        if (refused.isPresent()) {
            return refused.get();
        }
        ObjectNode metadata = object.withObject("/metadata");
        boolean began = metadata.has("deletionTimestamp");
        finalizers(metadata, text(options, "propagationPolicy"));
        long grace = 0;
        if (address.resource().equals("pods")) {
            boolean running = !text(object, "spec", "nodeName").isEmpty();
            long standard =
                    object.path("spec").path("terminationGracePeriodSeconds").asLong(30);
            grace = running ? options.path("gracePeriodSeconds").asLong(standard) : 0;
        }
        if (!began) {
            metadata.put("deletionTimestamp", store.now());
        }
        metadata.put("deletionGracePeriodSeconds", grace);
        if (address.resource().equals("namespaces")) {
            object.withObject("/status").put("phase", "Terminating");
        }
        if (isGone(object)) {
            ObjectNode last = store.put(address.key(), address.collection(), null);
            return address.resource().equals("pods")
                    ? Reply.ok(last)
                    : Reply.success(address.resource(), address.name(), text(object, "metadata", "uid"));
        }
        return Reply.ok(store.put(address.key(), address.collection(), object));
    }

    private static void finalizers(ObjectNode metadata, String policy) {
        if (policy.equals("Foreground")) {
            metadata.withArray("/finalizers").add("foregroundDeletion");
        } else if (policy.equals("Orphan")) {
            metadata.withArray("/finalizers").add("orphan");
        }
    }
}
