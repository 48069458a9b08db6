package io.argosy.client.request;

import java.time.Duration;

/**
 * What to watch; empty strings leave a parameter out.
 *
 * @param resourceVersion after which events are wanted
 * @param initialEvents begin with the present state as events and a bookmark that ends it (a streaming list)
 * @param timeout after which the server ends the watch
 */
public record WatchQuery(
        String namespace,
        String labelSelector,
        String fieldSelector,
        String resourceVersion,
        boolean initialEvents,
        Duration timeout) {

    public static WatchQuery of(ListQuery query, String resourceVersion, Duration timeout) {
        return new WatchQuery(
                query.namespace(), query.labelSelector(), query.fieldSelector(), resourceVersion, false, timeout);
    }

    public WatchQuery withInitialEvents() {
        return new WatchQuery(namespace, labelSelector, fieldSelector, resourceVersion, true, timeout);
    }
}
