package io.argosy.apimodel.defaults;

import io.argosy.apimodel.tree.ObjectValue;

/** Small rules of the legacy group. */
final class CoreDefaults {

    private CoreDefaults() {}

    /** A namespace carries its name as a label; one without a name gets it when the name is made. */
    static void fillNamespace(ObjectValue namespace) {
        namespace
                .string("metadata", "name")
                .filter(name -> !name.isEmpty())
                .ifPresent(name -> namespace
                        .objectOrNew("metadata")
                        .objectOrNew("labels")
                        .put("kubernetes.io/metadata.name", name));
    }

    static void fillNodeStatus(ObjectValue status) {
        if (!status.has("allocatable")) {
            status.object("capacity").ifPresent(capacity -> status.put("allocatable", capacity.copy()));
        }
    }

    /** Of containers: the default limit is the maximum, the default request is the default limit or the minimum. */
    static void fillLimitRangeItem(ObjectValue item) {
        if (!item.string("type").orElse("").equals("Container")) {
            return;
        }
        ObjectValue limit = item.object("default").orElseGet(ObjectValue::new);
        ObjectValue request = item.object("defaultRequest").orElseGet(ObjectValue::new);
        item.object("max").ifPresent(max -> ResourceLists.fillFrom(limit, max));
        ResourceLists.fillFrom(request, limit);
        item.object("min").ifPresent(min -> ResourceLists.fillFrom(request, min));
        if (!limit.isEmpty()) {
            item.put("default", limit);
        }
        if (!request.isEmpty()) {
            item.put("defaultRequest", request);
        }
    }
}
