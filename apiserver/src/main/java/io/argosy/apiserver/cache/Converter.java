package io.argosy.apiserver.cache;

import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns an object of one version of a resource into another. The tree given is the converter's to change; apiVersion and
 * kind are set by the caller. May be called by any thread, and may block for custom resources with a webhook.
 */
public interface Converter {

    ObjectValue convert(ObjectValue object, GroupVersionKind from, GroupVersionKind to);

    /** Converts many objects of one version at once, in their order. */
    default List<ObjectValue> convertAll(List<ObjectValue> objects, GroupVersionKind from, GroupVersionKind to) {
        List<ObjectValue> converted = new ArrayList<>(objects.size());
        objects.forEach(object -> converted.add(convert(object, from, to)));
        return converted;
    }

    /** For resources whose versions differ in nothing but their name. */
    Converter RENAMING = (object, _, _) -> object;
}
