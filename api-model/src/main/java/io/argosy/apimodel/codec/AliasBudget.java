package io.argosy.apimodel.codec;

import io.argosy.apimodel.status.ApiException;

/**
 * How much of a document may come from aliases: nearly all of a small one, a tenth of a large one. Small documents (100
 * nodes by alias, 1,000 in all) are not looked at. Bounds what a document of 3 MiB can make to about 4.4 million nodes.
 */
final class AliasBudget {

    private static final double SMALL = 400_000;
    private static final double LARGE = 4_000_000;

    private long nodes;
    private long byAlias;

    void count(long more) {
        nodes += more;
        check();
    }

    /** Counts the nodes that an alias stands for, before they are made. */
    void alias(long size) {
        nodes += size;
        byAlias += size;
        check();
    }

    private void check() {
        if (byAlias > 100 && nodes > 1000 && (double) byAlias / nodes > allowed(nodes)) {
            throw ApiException.badRequest("yaml: document contains excessive aliasing");
        }
    }

    private static double allowed(long nodes) {
        if (nodes <= SMALL) {
            return 0.99;
        }
        if (nodes >= LARGE) {
            return 0.10;
        }
        return 0.99 - 0.89 * (nodes - SMALL) / (LARGE - SMALL);
    }
}
