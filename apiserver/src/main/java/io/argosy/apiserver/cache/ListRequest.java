package io.argosy.apiserver.cache;

import io.argosy.apimodel.status.ApiException;

/**
 * A list with its parameters understood: which state, from where, how many. The rules are those of the Kubernetes page
 * "API Concepts", section "Semantics for get and list".
 *
 * @param start the first key wanted, after the prefix and {@code below}; empty for the first
 * @param limit 0 for no limit
 * @param below the namespace with a slash, or empty: continue tokens are relative to it
 * @param continued whether a token named the state
 */
record ListRequest(ReadVersion version, String start, long limit, String below, boolean continued) {

    static ListRequest of(ListOptions options, String below) {
        String version = options.resourceVersion();
        // As upstream: whoever takes any version gets the whole list.
        long limit = version.equals("0") ? 0 : Math.max(0, options.limit());
        if (!options.continueToken().isEmpty()) {
            ContinueToken token = ContinueToken.decode(options.continueToken());
            if (!version.isEmpty() && !version.equals("0")) {
                throw ApiException.badRequest("specifying resource version is not allowed when using continue");
            }
            ReadVersion state =
                    token.revision() > 0 ? new ReadVersion.Exact(token.revision()) : ReadVersion.MOST_RECENT;
            return new ListRequest(state, token.start(), limit, below, true);
        }
        return new ListRequest(version(options, limit), "", limit, below, false);
    }

    private static ReadVersion version(ListOptions options, long limit) {
        if (options.resourceVersion().isEmpty()) {
            return ReadVersion.MOST_RECENT;
        }
        long revision = CacheErrors.parseRevision(options.resourceVersion());
        return switch (options.resourceVersionMatch()) {
            case "Exact" -> new ReadVersion.Exact(revision);
            case "NotOlderThan" -> ReadVersion.of(revision);
            default -> revision > 0 && limit > 0 ? new ReadVersion.Exact(revision) : ReadVersion.of(revision);
        };
    }

    /** The state asked for, when it is an exact one. */
    long revision() {
        return version instanceof ReadVersion.Exact(long revision) ? revision : 0;
    }

    /** The token of the page after an image. */
    String next(ObjectImage last, long revision) {
        return new ContinueToken(revision, KeyOrder.path(last.key()).substring(below.length()) + "\0").encode();
    }

    /** What is told when the state is gone: a continued list gets a token for the rest of the most recent one. */
    ApiException expired() {
        return continued
                ? ApiException.goneWithContinue(CacheErrors.CONTINUE_EXPIRED, new ContinueToken(-1, start).encode())
                : ApiException.gone(CacheErrors.LIST_EXPIRED);
    }
}
