package io.argosy.apiserver.cache;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Lets equal strings of many objects (label keys and values, namespaces, node names) be one string. A table of fixed size
 * in which the last one wins: it forgets, but it never grows and never locks.
 */
final class Interner {

    private static final int SIZE = 1 << 13;
    private static final int LONGEST = 128;

    private final AtomicReferenceArray<@Nullable String> known = new AtomicReferenceArray<>(SIZE);

    String share(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return text.isEmpty() ? "" : text;
        }
        int hash = text.hashCode();
        int slot = (hash ^ (hash >>> 15)) & (SIZE - 1);
        String same = known.getPlain(slot);
        if (text.equals(same)) {
            return same;
        }
        known.setRelease(slot, text);
        return text;
    }
}
