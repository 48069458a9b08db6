package io.argosy.client.request;

import io.argosy.apimodel.meta.GroupVersionResource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The newest version of each resource that a controller has written: what its caches must have reached. Thread-safe. */
public final class WriteMarks {

    private final Map<GroupVersionResource, Long> newest = new ConcurrentHashMap<>();

    void wrote(GroupVersionResource resource, String version) {
        if (version != null && !version.isEmpty()) {
            try {
                newest.merge(resource, Long.parseLong(version), Math::max);
            } catch (NumberFormatException e) {
                // A version that is no number names no order: nothing to wait for.
                return;
            }
        }
    }

    public Map<GroupVersionResource, Long> newest() {
        return Map.copyOf(newest);
    }
}
