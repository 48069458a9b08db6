package io.argosy.apiserver.registry.generic;

import io.argosy.apimodel.tree.ObjectValue;
import java.util.Optional;

/**
 * How an update makes the new object of the one that is stored. Called anew, with a fresh tree, after each conflict, so
 * it must not keep anything between calls.
 */
public interface Change {

    /** @param old in the stored version, empty when there is none; a copy of the change's own */
    ObjectValue apply(Optional<ObjectValue> old);

    /** The uid that the stored object must have; empty when any will do. */
    default Optional<String> requiredUid() {
        return Optional.empty();
    }

    /** Whether an absent object is created, also where the kind's updates do not. */
    default boolean creates() {
        return false;
    }

    /** Whether the object must be there as it was read once: then a conflict is told and not retried. */
    default boolean once() {
        return false;
    }
}
