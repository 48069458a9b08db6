package io.argosy.apiserver.storage;

import java.util.Optional;

/** What became of a write. A write is sent once: no implementation retries it. */
public sealed interface WriteOutcome {

    /** Done, at this revision. */
    record Written(long revision) implements WriteOutcome {}

    /**
     * Not done: the key was not at the expected revision.
     *
     * @param current what is there now, empty when the key does not exist
     * @param revision of the store when this was found
     */
    record Conflict(Optional<StoredValue> current, long revision) implements WriteOutcome {}

    /** Not done: the store refused (no space, no permission, too large). */
    record Refused(String why) implements WriteOutcome {}

    /** Perhaps done: the connection broke or the time was over before the answer came. Only a read can tell. */
    record Unknown(String why) implements WriteOutcome {}
}
