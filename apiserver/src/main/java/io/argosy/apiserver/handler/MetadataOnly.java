package io.argosy.apiserver.handler;

import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.cache.ListPage;
import io.argosy.apiserver.cache.VersionForm;

/** Objects as PartialObjectMetadata. */
final class MetadataOnly {

    private MetadataOnly() {}

    static ObjectValue of(ObjectValue object, GroupVersionKind as) {
        ObjectValue partial =
                new ObjectValue().put("kind", "PartialObjectMetadata").put("apiVersion", as.apiVersion());
        partial.put("metadata", object.at("metadata").orElseGet(ObjectValue::new));
        return partial;
    }

    static ObjectValue list(ListPage page, VersionForm form, GroupVersionKind as) {
        ObjectValue list = new ObjectValue()
                .put("kind", "PartialObjectMetadataList")
                .put("apiVersion", as.apiVersion())
                .put("metadata", listMeta(page));
        ArrayValue items = list.arrayOrNew("items");
        page.images().forEach(image -> items.add(of(image.tree(form), as)));
        return list;
    }

    /** The metadata of a list. */
    static ObjectValue listMeta(ListPage page) {
        ObjectValue meta = new ObjectValue().put("resourceVersion", Long.toString(page.revision()));
        if (!page.continueToken().isEmpty()) {
            meta.put("continue", page.continueToken());
        }
        page.remainingItemCount().ifPresent(count -> meta.put("remainingItemCount", count));
        return meta;
    }
}
