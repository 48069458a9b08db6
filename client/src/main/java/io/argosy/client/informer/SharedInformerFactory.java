package io.argosy.client.informer;

import io.argosy.apimodel.meta.GroupVersionResource;
import io.argosy.client.request.ApiClient;
import io.argosy.client.request.ListQuery;
import io.argosy.client.request.ResourceType;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The informers of one process: one for each resource and part of it, shared by everyone who asks.
 *
 * <p>Ask for informers, add indexes and handlers, then {@link #start}; an informer that is asked for later starts at
 * once. Closing ends the watches and joins their threads. Thread-safe.
 */
public final class SharedInformerFactory implements AutoCloseable {

    private final ApiClient client;
    private final Clock clock;
    private final RandomGenerator random;
    private final Optional<MutationDetector> detector;
    private final TaskScope tasks = new TaskScope("informers");
    private final Map<Key, WatchedCache<?>> informers = new LinkedHashMap<>();
    private boolean started;

    private record Key(ResourceType<?> type, InformerScope scope) {}

    public SharedInformerFactory(ApiClient client, Clock clock, RandomGenerator random) {
        this(client, clock, random, Optional.empty());
    }

    /** @param detector for tests: told of every object that enters a cache */
    public SharedInformerFactory(
            ApiClient client, Clock clock, RandomGenerator random, Optional<MutationDetector> detector) {
        this.client = client;
        this.clock = clock;
        this.random = random;
        this.detector = detector;
    }

    public <T extends HasMetadata> Informer<T> informer(Class<T> type) {
        return informer(ResourceType.of(type), InformerScope.ALL);
    }

    public <T extends HasMetadata> Informer<T> informer(Class<T> type, InformerScope scope) {
        return informer(ResourceType.of(type), scope);
    }

    public synchronized <T extends HasMetadata> Informer<T> informer(ResourceType<T> type, InformerScope scope) {
        Key key = new Key(type, scope);
        @SuppressWarnings("unchecked")
        WatchedCache<T> known = (WatchedCache<T>) informers.get(key);
        if (known != null) {
            return known;
        }
        WatchedCache<T> made = new WatchedCache<>(type);
        detector.ifPresent(watcher -> made.addHandler(watcher.handler()));
        informers.put(key, made);
        if (started) {
            begin(key, made);
        }
        return made;
    }

    /** Starts every informer that was asked for. */
    public synchronized void start() {
        started = true;
        informers.forEach(this::begin);
    }

    private void begin(Key key, WatchedCache<?> informer) {
        run(key.scope, informer);
    }

    private <T extends HasMetadata> void run(InformerScope scope, WatchedCache<T> informer) {
        ListQuery query = ListQuery.in(scope.namespace())
                .withLabels(scope.labelSelector())
                .withFields(scope.fieldSelector());
        Reflector<T> reflector = new Reflector<>(client.resource(informer.type()), query, informer, clock, random);
        String name = informer.type().resource().resource();
        tasks.fork(name, reflector::run);
        if (scope.resync().isPositive()) {
            tasks.fork(name + "-resync", () -> {
                while (true) {
                    clock.sleep(scope.resync());
                    informer.resync();
                }
            });
        }
    }

    /** Waits until every informer has its first list. */
    public void awaitSynced() throws InterruptedException {
        List<WatchedCache<?>> all;
        synchronized (this) {
            all = new ArrayList<>(informers.values());
        }
        for (WatchedCache<?> informer : all) {
            informer.awaitSynced();
        }
    }

    /**
     * Waits until the informers of whole resources have reached these versions, at most so long in all; tells whether
     * they have. A resource without such an informer is not waited for.
     */
    public boolean awaitVersions(Map<GroupVersionResource, Long> versions, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        List<WatchedCache<?>> whole;
        synchronized (this) {
            whole = informers.entrySet().stream()
                    .filter(entry -> entry.getKey().scope.isWhole())
                    .<WatchedCache<?>>map(Map.Entry::getValue)
                    .toList();
        }
        for (WatchedCache<?> informer : whole) {
            Long version = versions.get(informer.type().resource());
            if (version != null && !informer.awaitVersion(version, Duration.ofNanos(deadline - System.nanoTime()))) {
                return false;
            }
        }
        return true;
    }

    /** Whether every informer has its first list. */
    public synchronized boolean hasSynced() {
        return informers.values().stream().allMatch(WatchedCache::hasSynced);
    }

    @Override
    public void close() {
        tasks.close();
        detector.ifPresent(MutationDetector::verify);
    }
}
