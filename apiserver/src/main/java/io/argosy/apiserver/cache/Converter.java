package io.argosy.apiserver.cache;

import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.tree.ObjectValue;

/**
 * Turns an object of one version of a resource into another. The tree given is the converter's to change; apiVersion and
 * kind are set by the caller. May be called by any thread, and may block for custom resources with a webhook.
 */
public interface Converter {

    ObjectValue convert(ObjectValue object, GroupVersionKind from, GroupVersionKind to);

    /** For resources whose versions differ in nothing but their name. */
    Converter RENAMING = (object, _, _) -> object;
}
