package io.argosy.apiserver.cache;

import io.argosy.apimodel.meta.ObjectKey;
import java.util.Optional;

/**
 * Where the objects of a resource lie in the store.
 *
 * @param prefix ends with a slash: {@code /registry/pods/}
 */
record KeyPlace(String prefix, boolean namespaced) {

    String storeKey(ObjectKey key) {
        return prefix + KeyOrder.path(key);
    }

    ObjectKey parse(String storeKey) {
        return KeyOrder.parse(storeKey.substring(prefix.length()), namespaced);
    }

    /** What comes after the prefix in the keys of a namespace, or nothing. */
    String below(Optional<String> namespace) {
        return namespaced && namespace.isPresent() ? namespace.get() + "/" : "";
    }
}
