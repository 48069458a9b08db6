package io.argosy.client.informer;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.request.ResourceType;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A cache of a resource's objects, or of a part of them, kept current by a watch.
 *
 * <p>Reads are safe for any thread and see one state each. The objects are shared and must not be changed: copy with
 * {@link io.argosy.client.request.ObjectJson#copy}. Handlers hear every change once and in order, after the cache has
 * it, on the informer's own thread: they must be short and must not block, as adding a key to a queue is.
 */
public interface Informer<T extends HasMetadata> {

    ResourceType<T> type();

    Optional<T> get(ObjectKey key);

    List<T> list();

    List<T> list(String namespace);

    /** The objects that an index has under a value. */
    List<T> byIndex(String index, String value);

    /** Adds an index: the values under which an object is found. Adding the same name again is harmless. */
    void addIndex(String name, Function<T, ? extends Collection<String>> values);

    /** Adds a handler; it first hears of everything that is in the cache as added. */
    void addHandler(ResourceHandler<T> handler);

    /** Whether the first list is complete and the handlers have heard of it. */
    boolean hasSynced();

    /** Blocks until {@link #hasSynced}. */
    void awaitSynced() throws InterruptedException;

    /** The version up to which the cache has seen everything; 0 before the first list. */
    long observedVersion();

    /** Blocks until {@link #observedVersion} has reached a version, at most so long; tells whether it has. */
    boolean awaitVersion(long version, java.time.Duration limit) throws InterruptedException;
}
