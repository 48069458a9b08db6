package io.argosy.apiserver.objects;

import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.time.ApiTime;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.cache.ListOptions;
import io.argosy.apiserver.cache.ObjectImage;
import io.argosy.apiserver.cache.ReadVersion;
import io.argosy.apiserver.cache.ResourceCache;
import io.argosy.apiserver.cache.ResourceCaches;
import io.argosy.apiserver.cache.WriteResult;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The cluster's objects through the caches. */
public final class CachedObjects implements ClusterObjects {

    /** Conflicts of one update in a row; more are no accident. */
    private static final int ATTEMPTS = 50;

    private final ResourceCaches caches;
    private final InstantSource clock;
    private final Supplier<UUID> ids;
    private final ThreadFactory threads;

    /** @param threads one is started for each {@link #follow} */
    public CachedObjects(ResourceCaches caches, InstantSource clock, Supplier<UUID> ids, ThreadFactory threads) {
        this.caches = caches;
        this.clock = clock;
        this.ids = ids;
        this.threads = threads;
    }

    private ResourceCache cache(GroupResource resource) {
        return caches.find(resource).orElseThrow(() -> ApiException.internal("no cache of resource " + resource));
    }

    @Override
    public Optional<ObjectValue> find(GroupResource resource, String namespace, String name) {
        return read(resource, namespace, name, ReadVersion.ANY);
    }

    @Override
    public Optional<ObjectValue> findLatest(GroupResource resource, String namespace, String name) {
        return read(resource, namespace, name, ReadVersion.MOST_RECENT);
    }

    private Optional<ObjectValue> read(GroupResource resource, String namespace, String name, ReadVersion version) {
        try {
            return cache(resource).get(new ObjectKey(namespace, name), version).map(image -> tree(resource, image));
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private ObjectValue tree(GroupResource resource, ObjectImage image) {
        ObjectValue tree = image.tree();
        if (!tree.has("kind")) {
            ResourceDefinition definition = cache(resource).definition();
            tree.put("kind", definition.names().kind());
            String group = definition.group();
            String version = definition.storageVersion();
            tree.put("apiVersion", group.isEmpty() ? version : group + "/" + version);
        }
        return tree;
    }

    private static ApiException interrupted() {
        Thread.currentThread().interrupt();
        return ApiException.serviceUnavailable("the server is shutting down");
    }

    @Override
    public List<ObjectValue> list(GroupResource resource, String namespace) {
        ListOptions options = namespace.isEmpty() ? ListOptions.ALL : ListOptions.inNamespace(namespace);
        try {
            return cache(resource).list(options.withVersion("0", "")).images().stream()
                    .map(image -> tree(resource, image))
                    .toList();
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    @Override
    public ObjectValue create(GroupResource resource, ObjectValue object) {
        ObjectValue stored = object.copy();
        ObjectValue metadata = stored.objectOrNew("metadata");
        if (!metadata.has("uid")) {
            metadata.put("uid", ids.get().toString());
        }
        if (!metadata.has("creationTimestamp")) {
            metadata.put("creationTimestamp", ApiTime.format(clock.instant()));
        }
        ObjectKey key = new ObjectKey(
                metadata.string("namespace").orElse(""), metadata.string("name").orElse(""));
        return tree(resource, cache(resource).create(key, stored, Optional.empty()));
    }

    @Override
    public ObjectValue update(
            GroupResource resource, String namespace, String name, UnaryOperator<ObjectValue> change) {
        ObjectKey key = new ObjectKey(namespace, name);
        ResourceCache cache = cache(resource);
        Optional<ObjectImage> current = image(cache, key);
        for (int i = 0; i < ATTEMPTS; i++) {
            ObjectImage image = current.orElseThrow(() -> ApiException.notFound(resource, name));
            ObjectValue before = tree(resource, image);
            ObjectValue after = change.apply(before.copy());
            if (after.equals(before)) {
                return after;
            }
            switch (cache.update(key, image, after)) {
                case WriteResult.Written written -> {
                    return tree(resource, written.image());
                }
                case WriteResult.Changed changed -> current = changed.current();
            }
        }
        throw ApiException.conflict(resource, name, "too many other writers");
    }

    private static Optional<ObjectImage> image(ResourceCache cache, ObjectKey key) {
        try {
            return cache.get(key, ReadVersion.MOST_RECENT);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    @Override
    public boolean delete(GroupResource resource, String namespace, String name, String uid) {
        ObjectKey key = new ObjectKey(namespace, name);
        ResourceCache cache = cache(resource);
        Optional<ObjectImage> current = image(cache, key);
        for (int i = 0; i < ATTEMPTS && current.isPresent(); i++) {
            ObjectImage image = current.get();
            boolean other = !uid.isEmpty()
                    && !image.tree().string("metadata", "uid").orElse("").equals(uid);
            if (other) {
                return false;
            }
            switch (cache.delete(key, image)) {
                case WriteResult.Written _ -> {
                    return true;
                }
                case WriteResult.Changed changed -> current = changed.current();
            }
        }
        return false;
    }

    @Override
    public AutoCloseable follow(GroupResource resource, Follower follower) {
        CacheFollowing following = new CacheFollowing(cache(resource), follower, image -> tree(resource, image));
        threads.newThread(following).start();
        following.awaitFirst();
        return following;
    }
}
