package io.argosy.client.request;

import java.util.Optional;

/**
 * How to delete.
 *
 * @param uid the object must have it
 * @param resourceVersion the object must have it
 * @param propagation {@code Orphan}, {@code Background} or {@code Foreground}; empty for the resource's default
 */
public record DeleteOptions(
        Optional<Long> gracePeriodSeconds,
        Optional<String> uid,
        Optional<String> resourceVersion,
        Optional<String> propagation) {

    public static final DeleteOptions NONE =
            new DeleteOptions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Only the object of this identity. */
    public static DeleteOptions ofUid(String uid) {
        return NONE.withUid(uid);
    }

    public DeleteOptions withUid(String value) {
        return new DeleteOptions(gracePeriodSeconds, Optional.of(value), resourceVersion, propagation);
    }

    public DeleteOptions withResourceVersion(String value) {
        return new DeleteOptions(gracePeriodSeconds, uid, Optional.of(value), propagation);
    }

    public DeleteOptions withGrace(long seconds) {
        return new DeleteOptions(Optional.of(seconds), uid, resourceVersion, propagation);
    }

    public DeleteOptions withPropagation(String value) {
        return new DeleteOptions(gracePeriodSeconds, uid, resourceVersion, Optional.of(value));
    }
}
