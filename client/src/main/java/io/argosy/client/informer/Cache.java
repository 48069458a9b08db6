package io.argosy.client.informer;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.request.ResourceType;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;

/** Objects by key and by the values of named indexes. Thread-safe; one writer. */
final class Cache<T extends HasMetadata> {

    private static final String BY_NAMESPACE = "namespace";

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<ObjectKey, T> objects = new HashMap<>();
    private final Map<String, Index<T>> indexes = new HashMap<>();

    private record Index<T>(Function<T, ? extends Collection<String>> values, Map<String, Map<ObjectKey, T>> found) {

        void add(ObjectKey key, T object) {
            for (String value : values.apply(object)) {
                found.computeIfAbsent(value, v -> new LinkedHashMap<>()).put(key, object);
            }
        }

        void remove(ObjectKey key, T object) {
            for (String value : values.apply(object)) {
                Map<ObjectKey, T> under = found.get(value);
                if (under != null && under.remove(key) != null && under.isEmpty()) {
                    found.remove(value);
                }
            }
        }
    }

    Cache() {
        addIndex(BY_NAMESPACE, object -> List.of(ResourceType.keyOf(object).namespace()));
    }

    void addIndex(String name, Function<T, ? extends Collection<String>> values) {
        lock.writeLock().lock();
        try {
            if (!indexes.containsKey(name)) {
                Index<T> index = new Index<>(values, new HashMap<>());
                objects.forEach(index::add);
                indexes.put(name, index);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private <R> R reading(Supplier<R> read) {
        lock.readLock().lock();
        try {
            return read.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    Optional<T> get(ObjectKey key) {
        return reading(() -> Optional.ofNullable(objects.get(key)));
    }

    List<T> list() {
        return reading(() -> List.copyOf(objects.values()));
    }

    List<T> list(String namespace) {
        return namespace.isEmpty() ? list() : byIndex(BY_NAMESPACE, namespace);
    }

    List<T> byIndex(String name, String value) {
        return reading(() -> {
            Index<T> index = indexes.get(name);
            if (index == null) {
                throw new IllegalArgumentException("no such index: " + name);
            }
            Map<ObjectKey, T> under = index.found.get(value);
            return under == null ? List.of() : new ArrayList<>(under.values());
        });
    }

    Set<ObjectKey> keys() {
        return reading(() -> Set.copyOf(objects.keySet()));
    }

    /** Puts an object and returns the one before. */
    Optional<T> put(ObjectKey key, T object) {
        lock.writeLock().lock();
        try {
            T before = objects.put(key, object);
            for (Index<T> index : indexes.values()) {
                if (before != null) {
                    index.remove(key, before);
                }
                index.add(key, object);
            }
            return Optional.ofNullable(before);
        } finally {
            lock.writeLock().unlock();
        }
    }

    Optional<T> remove(ObjectKey key) {
        lock.writeLock().lock();
        try {
            T before = objects.remove(key);
            if (before != null) {
                indexes.values().forEach(index -> index.remove(key, before));
            }
            return Optional.ofNullable(before);
        } finally {
            lock.writeLock().unlock();
        }
    }
}
