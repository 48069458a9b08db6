package io.argosy.apiserver.discovery;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;

/** {@code meta/v1} APIGroupList and APIGroup. */
final class GroupLists {

    private GroupLists() {}

    static ObjectValue list(List<ServedGroup> groups) {
        ArrayValue items = new ArrayValue();
        groups.forEach(group -> items.add(fill(new ObjectValue(), group)));
        return new ObjectValue()
                .put("kind", "APIGroupList")
                .put("apiVersion", "v1")
                .put("groups", items);
    }

    static ObjectValue single(ServedGroup group) {
        return fill(new ObjectValue().put("kind", "APIGroup").put("apiVersion", "v1"), group);
    }

    private static ObjectValue fill(ObjectValue target, ServedGroup group) {
        ArrayValue versions = new ArrayValue();
        group.versions().forEach(version -> versions.add(version(version)));
        return target.put("name", group.name())
                .put("versions", versions)
                .put("preferredVersion", version(group.preferred()));
    }

    private static ObjectValue version(ServedGroup.ServedVersion version) {
        return new ObjectValue().put("groupVersion", version.groupVersion()).put("version", version.name());
    }
}
