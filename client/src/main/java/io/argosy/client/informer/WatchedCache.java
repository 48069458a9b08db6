package io.argosy.client.informer;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.request.ResourceType;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The informer's state: what a {@link Reflector} tells goes to the cache, then to the handlers, then the observed
 * version moves. Changes are told one at a time.
 */
final class WatchedCache<T extends HasMetadata> implements Informer<T>, Reflector.Target<T> {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedCache.class);

    private final ResourceType<T> type;
    private final Cache<T> cache = new Cache<>();
    private final List<ResourceHandler<T>> handlers = new CopyOnWriteArrayList<>();

    /** Held while one change is told, so that a handler that joins hears each change once. */
    private final Object telling = new Object();

    private final Object progress = new Object();
    private boolean synced;
    private long observed;

    WatchedCache(ResourceType<T> type) {
        this.type = type;
    }

    @Override
    public ResourceType<T> type() {
        return type;
    }

    @Override
    public Optional<T> get(ObjectKey key) {
        return cache.get(key);
    }

    @Override
    public List<T> list() {
        return cache.list();
    }

    @Override
    public List<T> list(String namespace) {
        return cache.list(namespace);
    }

    @Override
    public List<T> byIndex(String index, String value) {
        return cache.byIndex(index, value);
    }

    @Override
    public void addIndex(String name, Function<T, ? extends Collection<String>> values) {
        cache.addIndex(name, values);
    }

    @Override
    public void addHandler(ResourceHandler<T> handler) {
        synchronized (telling) {
            cache.list().forEach(object -> guarded(() -> handler.added(object, true)));
            handlers.add(handler);
        }
    }

    @Override
    public void replace(List<T> objects, long version) {
        synchronized (telling) {
            boolean initial = !hasSynced();
            Set<ObjectKey> gone = new HashSet<>(cache.keys());
            for (T object : objects) {
                gone.remove(ResourceType.keyOf(object));
                store(object, initial);
            }
            gone.forEach(this::drop);
        }
        moved(version, true);
    }

    @Override
    public void put(T object) {
        synchronized (telling) {
            store(object, false);
        }
        moved(Versions.of(object), false);
    }

    @Override
    public void remove(T object) {
        synchronized (telling) {
            ObjectKey key = ResourceType.keyOf(object);
            boolean known = cache.remove(key).isPresent();
            if (known) {
                tell(handler -> handler.deleted(object));
            }
        }
        moved(Versions.of(object), false);
    }

    @Override
    public void bookmark(long version) {
        moved(version, false);
    }

    private void store(T object, boolean initial) {
        ObjectKey key = ResourceType.keyOf(object);
        Optional<T> before = cache.get(key);
        if (before.isPresent() && Versions.of(before.get()) == Versions.of(object)) {
            return;
        }
        if (before.isPresent()
                && !before.get()
                        .getMetadata()
                        .getUid()
                        .equals(object.getMetadata().getUid())) {
            // Deleted and made anew while nobody looked: two changes, not one.
            drop(key);
            before = Optional.empty();
        }
        cache.put(key, object);
        if (before.isPresent()) {
            T old = before.get();
            tell(handler -> handler.updated(old, object));
        } else {
            tell(handler -> handler.added(object, initial));
        }
    }

    private void drop(ObjectKey key) {
        cache.remove(key).ifPresent(last -> tell(handler -> handler.deleted(last)));
    }

    /** Tells every handler of every object again. */
    void resync() {
        synchronized (telling) {
            cache.list().forEach(object -> tell(handler -> handler.updated(object, object)));
        }
    }

    private void tell(java.util.function.Consumer<ResourceHandler<T>> news) {
        for (ResourceHandler<T> handler : handlers) {
            guarded(() -> news.accept(handler));
        }
    }

    private void guarded(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException e) {
            LOG.error("handler failed resource={}", type, e);
        }
    }

    private void moved(long version, boolean complete) {
        synchronized (progress) {
            observed = Math.max(observed, version);
            synced |= complete;
            progress.notifyAll();
        }
    }

    @Override
    public boolean hasSynced() {
        synchronized (progress) {
            return synced;
        }
    }

    @Override
    public void awaitSynced() throws InterruptedException {
        synchronized (progress) {
            while (!synced) {
                progress.wait();
            }
        }
    }

    @Override
    public long observedVersion() {
        synchronized (progress) {
            return observed;
        }
    }

    @Override
    public boolean awaitVersion(long version, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        synchronized (progress) {
            while (observed < version) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(progress, left);
            }
            return true;
        }
    }
}
