package io.argosy.controllermanager.resourcequota;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.client.request.Discovery;
import io.argosy.controllermanager.loop.ControllerContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the objects of each resource are: with informers that others share, or with a watch that begins when the first
 * quota counts them and ends when none does, so that a cluster without quotas pays nothing. Thread-safe.
 */
final class Sources implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sources.class);
    private static final String DEVICES = "resource.k8s.io";

    /** Resources whose objects are measured. */
    private static final Set<GroupResource> WHOLE =
            Set.of(new GroupResource(DEVICES, "resourceclaims"), new GroupResource(DEVICES, "deviceclasses"));

    private final ControllerContext context;
    private final Map<GroupResource, Source> shared;
    private final BiConsumer<GroupResource, String> changed;
    /** Guarded by this, as are the next two. */
    private final Map<GroupResource, WatchedSource> watched = new HashMap<>();

    private Map<GroupResource, Discovery.Served> served = Map.of();
    private boolean closed;

    /** @param changed told of a resource and a namespace where objects of it came or went */
    Sources(ControllerContext context, Map<GroupResource, Source> shared, BiConsumer<GroupResource, String> changed) {
        this.context = context;
        this.shared = Map.copyOf(shared);
        this.changed = changed;
    }

    /** Empty while nobody serves the resource. */
    synchronized Optional<Source> find(GroupResource resource) {
        Source known = shared.get(resource);
        if (known != null) {
            return Optional.of(known);
        }
        Discovery.Served found = served.get(resource);
        if (found == null || closed) {
            return Optional.empty();
        }
        return Optional.of(watched.computeIfAbsent(resource, _ -> {
            LOG.info("resource is counted from now on resource={}", found.resource());
            return new WatchedSource(
                    context, found, WHOLE.contains(resource), namespace -> changed.accept(resource, namespace));
        }));
    }

    /**
     * Takes note of what is served; what is gone, or served otherwise, is watched no longer. Tells what was not served
     * before.
     */
    synchronized Set<GroupResource> learn(Discovery.Result discovered) {
        Map<GroupResource, Discovery.Served> next = new HashMap<>();
        if (!discovered.failures().isEmpty()) {
            // A group that cannot be asked now is not gone.
            next.putAll(served);
        }
        for (Discovery.Served one : discovered.resources()) {
            if (one.can("create", "list", "watch", "delete")) {
                next.put(one.resource().groupResource(), one);
            }
        }
        watched.entrySet().removeIf(entry -> {
            Discovery.Served before = served.get(entry.getKey());
            Discovery.Served after = next.get(entry.getKey());
            if (after != null && before != null && after.resource().equals(before.resource())) {
                return false;
            }
            entry.getValue().close();
            return true;
        });
        Set<GroupResource> fresh = new HashSet<>(next.keySet());
        fresh.removeAll(served.keySet());
        served = next;
        return fresh;
    }

    /** Ends the watches of resources that no quota counts. */
    synchronized void keepOnly(Set<GroupResource> wanted) {
        watched.entrySet().removeIf(entry -> {
            if (wanted.contains(entry.getKey()) || WHOLE.contains(entry.getKey())) {
                return false;
            }
            LOG.info("resource is counted no longer resource={}", entry.getKey());
            entry.getValue().close();
            return true;
        });
    }

    @Override
    public synchronized void close() {
        closed = true;
        watched.values().forEach(WatchedSource::close);
        watched.clear();
    }
}
