package io.argosy.apiserver.cache;

import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.tree.ObjectValue;

/** The object of a bookmark event: nothing but its kind and revision. */
final class Bookmarks {

    private static final String INITIAL_EVENTS_END = "k8s.io/initial-events-end";

    private Bookmarks() {}

    static ObjectValue object(GroupVersionKind kind, CacheEvent.Bookmark bookmark) {
        ObjectValue metadata = new ObjectValue().put("resourceVersion", Long.toString(bookmark.revision()));
        if (bookmark.initialEventsEnd()) {
            metadata.put("annotations", new ObjectValue().put(INITIAL_EVENTS_END, "true"));
        }
        return new ObjectValue()
                .put("kind", kind.kind())
                .put("apiVersion", kind.apiVersion())
                .put("metadata", metadata);
    }
}
