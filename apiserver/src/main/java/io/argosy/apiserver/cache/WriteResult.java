package io.argosy.apiserver.cache;

import java.util.Optional;

/** What became of an update or a delete. A write of which nobody knows is an error with code 504 instead. */
public sealed interface WriteResult {

    /**
     * Done.
     *
     * @param image the new state; of a delete the last one, at the revision of the deletion
     */
    record Written(ObjectImage image) implements WriteResult {}

    /**
     * Not done: the object was not at the revision of the expected image.
     *
     * @param current what is there now, read from the store; empty when there is nothing
     */
    record Changed(Optional<ObjectImage> current) implements WriteResult {}
}
