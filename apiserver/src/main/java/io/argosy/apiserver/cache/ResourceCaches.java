package io.argosy.apiserver.cache;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apiserver.storage.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;

/**
 * The caches of all resources over one store. One {@link Feed} keeps them at one revision.
 *
 * <p>Resources may be added and removed at any time; one that is added after {@link #start} is loaded before it is told of
 * changes.
 */
public final class ResourceCaches implements AutoCloseable {

    /** How long caches may stay behind the store before a read that wants the most recent state fails. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A minute and a half of a busy cluster; loads in a fraction of a second. */
    private static final int REPLAY = 5000;

    private final String root;
    private final CacheContext context;
    private final Feed feed;
    private final Map<GroupResource, ResourceCache> caches = new ConcurrentHashMap<>();

    /**
     * @param prefix of all keys, {@code /registry}; a slash is added at its end
     * @param threads for the feed and for questions to the store; virtual ones do
     */
    public ResourceCaches(
            Store store,
            String prefix,
            InstantSource time,
            ThreadFactory threads,
            EncodingBudget budget,
            CacheMetrics metrics) {
        this(store, prefix, time, threads, budget, metrics, REPLAY);
    }

    /** @param replay how many revisions of changes before the start watchers can still be told */
    ResourceCaches(
            Store store,
            String prefix,
            InstantSource time,
            ThreadFactory threads,
            EncodingBudget budget,
            CacheMetrics metrics,
            int replay) {
        this.root = prefix.endsWith("/") ? prefix : prefix + "/";
        RevisionClock clock = new RevisionClock();
        ReadIndex readIndex = new ReadIndex(store, clock, threads, PATIENCE);
        this.context = new CacheContext(store, clock, readIndex, budget, new Interner(), metrics, time);
        this.feed = new Feed(root, context, threads, replay);
    }

    /** Starts filling the caches; {@link #synced} tells when they can be read. */
    public void start() {
        feed.start();
    }

    /** Adds a resource, or returns the cache it has. Returns at once: the cache is filled by the feed. */
    public ResourceCache add(ResourceSetup setup) {
        return caches.computeIfAbsent(setup.definition().groupResource(), _ -> {
            ResourceCache cache = new ResourceCache(setup, root, context);
            feed.add(cache);
            return cache;
        });
    }

    /**
     * Makes a cache to take the place of the one that a resource has. The feed goes on to fill the former one until the
     * new one is followed, so that no reader sees a gap: publish the new one, then follow it.
     */
    public Replacement replace(ResourceSetup setup) {
        ResourceCache cache = new ResourceCache(setup, root, context);
        return new Replacement(cache, () -> {
            caches.put(setup.definition().groupResource(), cache);
            feed.add(cache);
        });
    }

    /**
     * A cache that is not filled yet.
     *
     * @param follow has it filled; reads of it wait until then. Watchers of the former one are told that they have expired
     */
    public record Replacement(ResourceCache cache, Runnable follow) {}

    /** Forgets a resource; its objects stay in the store. Its watchers are told that they have expired. */
    public void remove(GroupResource resource) {
        ResourceCache cache = caches.remove(resource);
        if (cache != null) {
            feed.remove(cache);
        }
    }

    public Optional<ResourceCache> find(GroupResource resource) {
        return Optional.ofNullable(caches.get(resource));
    }

    /** Whether all resources that were added have been loaded and the watch of the store goes on. */
    public boolean synced() {
        return feed.following() && caches.values().stream().allMatch(ResourceCache::synced);
    }

    /** Waits until {@link #synced}; false when the time is over first. */
    public boolean awaitSync(Duration atMost) throws InterruptedException {
        return feed.awaitFollowing(atMost, this::synced);
    }

    /** The revision that all caches have reached. */
    public long revision() {
        return context.clock().now();
    }

    /** Asks the store whether it answers; throws {@link io.argosy.apiserver.storage.StoreException} when it does not. */
    public void checkStore() {
        context.store().currentRevision();
    }

    @Override
    public void close() {
        feed.close();
    }
}
