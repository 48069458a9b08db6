package io.argosy.apiserver.storage;

/** One write, as a watch tells it. Previous values are not told: who watches has them. */
public sealed interface KeyChange {

    String key();

    /** The revision of the write. */
    long modRevision();

    /** The key was created, when both revisions are equal, or got a new value. */
    record Put(String key, byte[] value, long createRevision, long modRevision) implements KeyChange {

        public boolean created() {
            return createRevision == modRevision;
        }
    }

    /** The key was deleted, by a client or because its time to live was over. */
    record Deleted(String key, long modRevision) implements KeyChange {}
}
