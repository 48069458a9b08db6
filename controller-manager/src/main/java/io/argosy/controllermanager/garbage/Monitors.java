package io.argosy.controllermanager.garbage;

import io.argosy.apimodel.meta.GroupVersionResource;
import io.argosy.apimodel.meta.ObjectKey;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches the metadata of every resource that can be deleted, and follows resources that come and go. */
final class Monitors implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Monitors.class);

    private final ControllerContext context;
    private final Graph graph;
    private final Map<GroupVersionResource, Monitor> running = new HashMap<>();

    Monitors(ControllerContext context, Graph graph) {
        this.context = context;
        this.graph = graph;
    }

    /** Starts and stops watches so that they are those of the resources that are served. */
    void follow(Discovery.Result discovered) {
        Set<GroupVersionResource> wanted = new HashSet<>();
        for (Discovery.Served served : discovered.resources()) {
            if (isWatched(served)) {
                wanted.add(served.resource());
                running.computeIfAbsent(served.resource(), resource -> new Monitor(served));
            }
        }
        if (!discovered.failures().isEmpty()) {
            // A group that cannot be asked now is not gone.
            return;
        }
        running.entrySet().removeIf(entry -> {
            if (wanted.contains(entry.getKey())) {
                return false;
            }
            LOG.info("resource is gone, its watch ends resource={}", entry.getKey());
            entry.getValue().close();
            return true;
        });
    }

    private static boolean isWatched(Discovery.Served served) {
        boolean events = served.resource().resource().equals("events")
                && (served.resource().group().isEmpty()
                        || served.resource().group().equals("events.k8s.io"));
        return !events && served.can("delete", "list", "watch");
    }

    /** Whether every watch has seen the state of its resource. */
    boolean hasSynced() {
        return running.values().stream().allMatch(monitor -> monitor.synced);
    }

    @Override
    public void close() {
        running.values().forEach(Monitor::close);
        running.clear();
    }

    /** One resource's watch. */
    private final class Monitor implements Reflector.Target<GenericKubernetesResource>, AutoCloseable {

        private final Map<ObjectKey, String> uids = new HashMap<>();
        private final TaskScope scope;
        private volatile boolean synced;

        Monitor(Discovery.Served served) {
            ResourceType<GenericKubernetesResource> type =
                    ResourceType.metadata(served.resource(), served.kind(), served.namespaced());
            scope = new TaskScope("garbage-" + served.resource().resource());
            Reflector<GenericKubernetesResource> reflector = new Reflector<>(
                    context.client().resource(type), ListQuery.ALL, this, context.clock(), context.random());
            scope.fork("watch", reflector::run);
        }

        @Override
        public void replace(List<GenericKubernetesResource> objects, long version) {
            Map<ObjectKey, String> before = new HashMap<>(uids);
            objects.forEach(object -> {
                before.remove(ResourceType.keyOf(object), object.getMetadata().getUid());
                put(object);
            });
            before.forEach((key, uid) -> {
                uids.remove(key, uid);
                graph.remove(uid);
            });
            synced = true;
        }

        @Override
        public void put(GenericKubernetesResource object) {
            String uid = object.getMetadata().getUid();
            String before = uids.put(ResourceType.keyOf(object), uid);
            if (before != null && !before.equals(uid)) {
                graph.remove(before);
            }
            graph.put(object);
        }

        @Override
        public void remove(GenericKubernetesResource object) {
            uids.remove(ResourceType.keyOf(object));
            graph.remove(object.getMetadata().getUid());
        }

        @Override
        public void bookmark(long version) {}

        @Override
        public void close() {
            scope.close();
            uids.values().forEach(graph::remove);
        }
    }
}
