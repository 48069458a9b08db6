package io.argosy.apiserver.cache;

import io.argosy.apimodel.meta.ObjectKey;

/**
 * The order of the store: that of {@code namespace/name}, or of {@code name} for objects without namespace. It is not the
 * order of {@link ObjectKey}: {@code a-b/x} comes before {@code a/x}.
 */
final class KeyOrder {

    private KeyOrder() {}

    static int compare(ObjectKey one, ObjectKey other) {
        String left = one.namespace();
        String right = other.namespace();
        if (left.equals(right)) {
            return one.name().compareTo(other.name());
        }
        if (left.isEmpty() || right.isEmpty()) {
            return path(one).compareTo(path(other));
        }
        int shorter = Math.min(left.length(), right.length());
        for (int i = 0; i < shorter; i++) {
            int difference = left.charAt(i) - right.charAt(i);
            if (difference != 0) {
                return difference;
            }
        }
        return left.length() < right.length() ? '/' - right.charAt(shorter) : left.charAt(shorter) - '/';
    }

    /** {@code namespace/name} or {@code name}: the key in the store without the resource's prefix. */
    static String path(ObjectKey key) {
        return key.namespace().isEmpty() ? key.name() : key.namespace() + "/" + key.name();
    }

    /** The key of a path; of a namespaced resource the part before the first slash is the namespace. */
    static ObjectKey parse(String path, boolean namespaced) {
        int slash = namespaced ? path.indexOf('/') : -1;
        return slash < 0 ? new ObjectKey("", path) : new ObjectKey(path.substring(0, slash), path.substring(slash + 1));
    }
}
