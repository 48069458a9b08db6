package io.argosy.client.request;

import io.argosy.apimodel.meta.GroupVersionResource;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/**
 * The newest version of each resource that a controller has written: what its caches must have reached. After a creation
 * whose outcome is unknown, what is there is read before anything else, so that nothing is made twice. Thread-safe.
 */
public final class WriteMarks {

    private final Map<GroupVersionResource, Long> newest = new ConcurrentHashMap<>();

    /** Creations that may have been done; each tells, when asked, the newest version that it can have made. */
    private final Queue<Doubt> doubts = new ConcurrentLinkedQueue<>();

    private record Doubt(GroupVersionResource resource, LongSupplier newest) {}

    /** A creation had no answer; {@code version} reads the server, and throws while that cannot be reached. */
    void doubted(GroupVersionResource resource, LongSupplier version) {
        doubts.add(new Doubt(resource, version));
    }

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

    /** Reads the server first while outcomes are unknown; a {@link RequestException} when it cannot be reached. */
    public Map<GroupVersionResource, Long> newest() {
        for (Doubt doubt = doubts.peek(); doubt != null; doubt = doubts.peek()) {
            newest.merge(doubt.resource, doubt.newest.getAsLong(), Math::max);
            doubts.remove(doubt);
        }
        return Map.copyOf(newest);
    }
}
