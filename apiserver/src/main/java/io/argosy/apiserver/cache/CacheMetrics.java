package io.argosy.apiserver.cache;

import io.argosy.apimodel.meta.GroupResource;

/** What the caches count. Called on hot paths: must not block. */
public interface CacheMetrics {

    /** A change came from the store and was told to the watchers. */
    default void eventApplied(GroupResource resource) {}

    /** A write was sent to the store. */
    default void written(GroupResource resource, String operation, String outcome) {}

    /** A list was answered. */
    default void listed(GroupResource resource, int examined, int returned, boolean fromStore) {}

    /** A watcher began. */
    default void watchStarted(GroupResource resource) {}

    /** All caches were loaded anew. */
    default void loaded(int objects, long revision, String why) {}

    /** A stored object cannot be read. */
    default void unreadable(GroupResource resource) {}

    CacheMetrics NONE = new CacheMetrics() {};
}
