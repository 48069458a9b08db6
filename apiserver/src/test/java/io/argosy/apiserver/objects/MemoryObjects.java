package io.argosy.apiserver.objects;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Objects in a map, for tests: changes are told to followers at once, in the thread of the writer. */
public final class MemoryObjects implements ClusterObjects {

    private final Map<GroupResource, Map<ObjectKey, ObjectValue>> objects = new HashMap<>();
    private final Map<GroupResource, List<Follower>> followers = new HashMap<>();
    private long serial;

    private Map<ObjectKey, ObjectValue> of(GroupResource resource) {
        return objects.computeIfAbsent(resource, _ -> new TreeMap<>());
    }

    private static ObjectKey key(ObjectValue object) {
        return new ObjectKey(
                object.string("metadata", "namespace").orElse(""),
                object.string("metadata", "name").orElse(""));
    }

    @Override
    public synchronized Optional<ObjectValue> find(GroupResource resource, String namespace, String name) {
        return Optional.ofNullable(of(resource).get(new ObjectKey(namespace, name)))
                .map(ObjectValue::copy);
    }

    @Override
    public Optional<ObjectValue> findLatest(GroupResource resource, String namespace, String name) {
        return find(resource, namespace, name);
    }

    @Override
    public synchronized List<ObjectValue> list(GroupResource resource, String namespace) {
        List<ObjectValue> found = new ArrayList<>();
        of(resource).forEach((key, object) -> {
            if (namespace.isEmpty() || namespace.equals(key.namespace())) {
                found.add(object.copy());
            }
        });
        return found;
    }

    @Override
    public synchronized ObjectValue create(GroupResource resource, ObjectValue object) {
        ObjectKey key = key(object);
        if (of(resource).containsKey(key)) {
            throw ApiException.alreadyExists(resource, key.name());
        }
        ObjectValue stored = object.copy();
        serial++;
        ObjectValue metadata = stored.objectOrNew("metadata");
        if (!metadata.has("uid")) {
            metadata.put("uid", "uid-" + serial);
        }
        metadata.put("resourceVersion", Long.toString(serial));
        put(resource, key, stored);
        return stored.copy();
    }

    private void put(GroupResource resource, ObjectKey key, ObjectValue stored) {
        of(resource).put(key, stored);
        followers.getOrDefault(resource, List.of()).forEach(follower -> follower.present(stored));
    }

    @Override
    public synchronized ObjectValue update(
            GroupResource resource, String namespace, String name, UnaryOperator<ObjectValue> change) {
        ObjectValue current = of(resource).get(new ObjectKey(namespace, name));
        if (current == null) {
            throw ApiException.notFound(resource, name);
        }
        ObjectValue changed = change.apply(current.copy());
        if (!changed.equals(current)) {
            serial++;
            changed.objectOrNew("metadata").put("resourceVersion", Long.toString(serial));
            put(resource, key(changed), changed);
        }
        return changed.copy();
    }

    @Override
    public synchronized boolean delete(GroupResource resource, String namespace, String name, String uid) {
        ObjectKey key = new ObjectKey(namespace, name);
        ObjectValue current = of(resource).get(key);
        if (current == null
                || !(uid.isEmpty()
                        || uid.equals(current.string("metadata", "uid").orElse("")))) {
            return false;
        }
        of(resource).remove(key);
        followers.getOrDefault(resource, List.of()).forEach(follower -> follower.absent(current));
        return true;
    }

    @Override
    public synchronized AutoCloseable follow(GroupResource resource, Follower follower) {
        of(resource).values().forEach(follower::present);
        followers.computeIfAbsent(resource, _ -> new ArrayList<>()).add(follower);
        return () -> followers.getOrDefault(resource, List.of()).remove(follower);
    }
}
