package io.argosy.controllermanager.resourcequota;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.client.informer.Reflector;
import io.argosy.client.request.Discovery;
import io.argosy.client.request.ListQuery;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A resource that this controller alone watches, while a quota counts it. Thread-safe. */
final class WatchedSource implements Source, Reflector.Target<GenericKubernetesResource>, AutoCloseable {

    private static final ObjectValue COUNTED = new ObjectValue();

    private final boolean whole;
    private final Consumer<String> changed;
    private final TaskScope scope;
    /** By namespace and key; guarded by this. */
    private final Map<String, Map<ObjectKey, ObjectValue>> objects = new HashMap<>();

    private volatile boolean synced;

    /**
     * @param whole whether objects are measured, not only counted
     * @param changed told of a namespace where objects came or went
     */
    WatchedSource(ControllerContext context, Discovery.Served served, boolean whole, Consumer<String> changed) {
        this.whole = whole;
        this.changed = changed;
        scope = new TaskScope("quota-" + served.resource().resource());
        ResourceType<GenericKubernetesResource> type = whole
                ? ResourceType.generic(served.resource(), served.kind(), served.namespaced())
                : ResourceType.metadata(served.resource(), served.kind(), served.namespaced());
        Reflector<GenericKubernetesResource> reflector = new Reflector<>(
                context.client().resource(type), ListQuery.ALL, this, context.clock(), context.random());
        scope.fork("watch", reflector::run);
    }

    @Override
    public boolean hasSynced() {
        return synced;
    }

    @Override
    public synchronized List<ObjectValue> list(String namespace) {
        Stream<Map<ObjectKey, ObjectValue>> wanted =
                namespace.isEmpty() ? objects.values().stream() : Stream.of(objects.getOrDefault(namespace, Map.of()));
        return wanted.flatMap(all -> all.values().stream()).toList();
    }

    @Override
    public void replace(List<GenericKubernetesResource> all, long version) {
        Set<String> touched;
        synchronized (this) {
            touched = new HashSet<>(objects.keySet());
            objects.clear();
            all.forEach(this::keep);
            touched.addAll(objects.keySet());
        }
        if (synced) {
            touched.forEach(changed);
        }
        synced = true;
    }

    private void keep(GenericKubernetesResource object) {
        ObjectKey key = ResourceType.keyOf(object);
        objects.computeIfAbsent(key.namespace(), _ -> new HashMap<>())
                .put(key, whole ? QuotaTrees.of(object) : COUNTED);
    }

    @Override
    public void put(GenericKubernetesResource object) {
        ObjectKey key = ResourceType.keyOf(object);
        boolean isNew;
        synchronized (this) {
            isNew = !objects.getOrDefault(key.namespace(), Map.of()).containsKey(key);
            keep(object);
        }
        if (isNew) {
            changed.accept(key.namespace());
        }
    }

    @Override
    public void remove(GenericKubernetesResource object) {
        ObjectKey key = ResourceType.keyOf(object);
        synchronized (this) {
            objects.computeIfPresent(key.namespace(), (_, all) -> {
                all.remove(key);
                return all.isEmpty() ? null : all;
            });
        }
        changed.accept(key.namespace());
    }

    @Override
    public void bookmark(long version) {}

    @Override
    public void close() {
        scope.close();
    }
}
