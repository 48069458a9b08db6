package io.argosy.apiserver.handler;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.request.RequestNotes;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Drops owner references that stand twice, and says so. */
final class OwnerReferences {

    private OwnerReferences() {}

    static void deduplicate(ObjectValue object, RequestNotes notes) {
        Optional<ArrayValue> owners = object.array("metadata", "ownerReferences");
        if (owners.isEmpty() || owners.get().size() < 2) {
            return;
        }
        Set<Value> unique = new LinkedHashSet<>(owners.get().items());
        if (unique.size() == owners.get().size()) {
            return;
        }
        Set<String> uids = new LinkedHashSet<>();
        Set<Value> seen = new LinkedHashSet<>();
        for (Value owner : owners.get()) {
            if (!seen.add(owner) && owner instanceof ObjectValue reference) {
                uids.add(reference.string("uid").orElse(""));
            }
        }
        object.objectOrNew("metadata").put("ownerReferences", new ArrayValue(unique));
        notes.warn(".metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+,"
                + " and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: "
                + String.join(", ", uids));
    }
}
