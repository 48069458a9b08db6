package io.argosy.client.informer;

import io.argosy.client.request.ObjectJson;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;

/** Finds out in tests who changes cached objects: remembers each as it was and compares. Thread-safe. */
public final class MutationDetector {

    private record Seen(HasMetadata object, String asItWas) {}

    private final List<Seen> seen = new ArrayList<>();

    <T extends HasMetadata> ResourceHandler<T> handler() {
        return ResourceHandler.any(this::remember);
    }

    private synchronized void remember(HasMetadata object) {
        seen.add(new Seen(object, ObjectJson.writeString(object)));
    }

    /** Throws {@link IllegalStateException} naming the first object that was changed. */
    public synchronized void verify() {
        for (Seen entry : seen) {
            String now = ObjectJson.writeString(entry.object);
            if (!now.equals(entry.asItWas)) {
                throw new IllegalStateException("cached object was changed: was " + entry.asItWas + " is " + now);
            }
        }
    }
}
