package io.argosy.client.request;

import io.argosy.apimodel.status.ApiException;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** One event of a watch. */
public sealed interface WatchEvent<T extends HasMetadata> {

    /** An object that is new to this watch. */
    record Added<T extends HasMetadata>(T object) implements WatchEvent<T> {}

    /** An object that changed. */
    record Modified<T extends HasMetadata>(T object) implements WatchEvent<T> {}

    /** An object that is gone, in its last state but with the version of its deletion. */
    record Deleted<T extends HasMetadata>(T object) implements WatchEvent<T> {}

    /**
     * Everything up to a version has been told.
     *
     * @param initialEventsEnd whether it ends the present state of a streaming list
     */
    record Bookmark<T extends HasMetadata>(String resourceVersion, boolean initialEventsEnd) implements WatchEvent<T> {}

    /** The server ends the watch for a reason; 410 means that the version is too old. */
    record Failed<T extends HasMetadata>(ApiException error) implements WatchEvent<T> {}
}
