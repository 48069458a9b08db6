package io.argosy.apiserver.cache;

import io.argosy.apimodel.meta.FieldSelector;
import io.argosy.apimodel.meta.LabelSelector;
import java.util.Optional;

/**
 * What a watch asks for, as the request says it.
 *
 * @param namespace empty for all namespaces, and for cluster-scoped resources
 * @param name one object only, for requests that name it; else empty
 * @param resourceVersion as given, or empty
 * @param resourceVersionMatch as given, or empty
 * @param sendInitialEvents as given, or empty
 * @param allowBookmarks whether the client takes bookmarks
 */
public record WatchOptions(
        Optional<String> namespace,
        Optional<String> name,
        LabelSelector labels,
        FieldSelector fields,
        String resourceVersion,
        String resourceVersionMatch,
        Optional<Boolean> sendInitialEvents,
        boolean allowBookmarks) {

    /** All changes after a revision. */
    public static WatchOptions after(long revision) {
        return new WatchOptions(
                Optional.empty(),
                Optional.empty(),
                LabelSelector.everything(),
                FieldSelector.everything(),
                Long.toString(revision),
                "",
                Optional.empty(),
                false);
    }

    /** All objects as changes, a bookmark at their end, and then all changes: what an informer asks for. */
    public static WatchOptions withInitialEvents() {
        return new WatchOptions(
                Optional.empty(),
                Optional.empty(),
                LabelSelector.everything(),
                FieldSelector.everything(),
                "",
                "NotOlderThan",
                Optional.of(true),
                true);
    }

    public WatchOptions withNamespace(Optional<String> other) {
        return new WatchOptions(
                other, name, labels, fields, resourceVersion, resourceVersionMatch, sendInitialEvents, allowBookmarks);
    }

    public WatchOptions withSelectors(LabelSelector otherLabels, FieldSelector otherFields) {
        return new WatchOptions(
                namespace,
                name,
                otherLabels,
                otherFields,
                resourceVersion,
                resourceVersionMatch,
                sendInitialEvents,
                allowBookmarks);
    }
}
