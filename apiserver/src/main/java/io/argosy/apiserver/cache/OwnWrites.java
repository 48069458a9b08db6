package io.argosy.apiserver.cache;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Images of writes that this server made, by revision, until the watch tells of them: then nothing need be decoded. Only
 * a saving: an image that is missing is read from the bytes.
 */
final class OwnWrites {

    private static final int MOST = 1024;

    private final Map<Long, ObjectImage> images = new ConcurrentHashMap<>();

    void put(ObjectImage image, RevisionClock clock) {
        if (clock.now() < image.revision() && images.size() < MOST) {
            images.put(image.revision(), image);
            if (clock.now() >= image.revision()) {
                images.remove(image.revision());
            }
        }
    }

    Optional<ObjectImage> take(long revision) {
        return images.isEmpty() ? Optional.empty() : Optional.ofNullable(images.remove(revision));
    }

    /** Forgets what the watch has told of already. */
    void prune(long upTo) {
        if (!images.isEmpty()) {
            images.keySet().removeIf(revision -> revision <= upTo);
        }
    }
}
