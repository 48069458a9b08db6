package io.argosy.apiserver.cache;

/** How fresh an answer must be: {@code resourceVersion} and {@code resourceVersionMatch} of a read. */
public sealed interface ReadVersion {

    /** At least what was written before the request came ({@code resourceVersion} absent). */
    record MostRecent() implements ReadVersion {}

    /** Whatever the cache has ({@code resourceVersion=0}). */
    record Any() implements ReadVersion {}

    /** The state at a revision or a later one. */
    record NotOlderThan(long revision) implements ReadVersion {}

    /** The state at a revision. */
    record Exact(long revision) implements ReadVersion {}

    ReadVersion MOST_RECENT = new MostRecent();
    ReadVersion ANY = new Any();

    /** For a get, or a list without limit and match: 0 means any, else not older than. */
    static ReadVersion of(long revision) {
        return revision == 0 ? ANY : new NotOlderThan(revision);
    }
}
