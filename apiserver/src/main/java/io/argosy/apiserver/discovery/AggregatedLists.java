package io.argosy.apiserver.discovery;

import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.definition.SubresourceDefinition;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import java.util.TreeMap;

/** {@code apidiscovery.k8s.io} APIGroupDiscoveryList: everything in one document (KEP-3352). */
final class AggregatedLists {

    private AggregatedLists() {}

    static ObjectValue list(List<ServedGroup> groups, String version) {
        ArrayValue items = new ArrayValue();
        groups.forEach(group -> items.add(group(group)));
        return new ObjectValue()
                .put("kind", "APIGroupDiscoveryList")
                .put("apiVersion", "apidiscovery.k8s.io/" + version)
                .put("metadata", new ObjectValue())
                .put("items", items);
    }

    private static ObjectValue group(ServedGroup group) {
        ObjectValue metadata = new ObjectValue();
        if (!group.name().isEmpty()) {
            metadata.put("name", group.name());
        }
        ArrayValue versions = new ArrayValue();
        for (ServedGroup.ServedVersion version : group.versions()) {
            versions.add(version.remote().map(AggregatedLists::remote).orElseGet(() -> own(version)));
        }
        return new ObjectValue().put("metadata", metadata).put("versions", versions);
    }

    private static ObjectValue own(ServedGroup.ServedVersion version) {
        ArrayValue resources = new ArrayValue();
        version.resources().forEach(served -> resources.add(resource(served, version)));
        return new ObjectValue()
                .put("version", version.name())
                .put("resources", resources)
                .put("freshness", "Current");
    }

    private static ObjectValue remote(RemoteVersion version) {
        ObjectValue written = new ObjectValue().put("version", version.version().version());
        version.resources().ifPresent(resources -> written.put("resources", resources));
        return written.put("freshness", version.fresh() ? "Current" : "Stale");
    }

    private static ObjectValue resource(ServedGroup.Served served, ServedGroup.ServedVersion version) {
        ResourceDefinition resource = served.resource();
        GroupVersionKind kind = new GroupVersionKind(
                resource.group(), version.name(), resource.names().kind());
        ObjectValue item = new ObjectValue()
                .put("resource", resource.names().plural())
                .put("responseKind", responseKind(kind, served, version))
                .put("scope", resource.namespaced() ? "Namespaced" : "Cluster")
                .put("singularResource", resource.names().singular())
                .put("verbs", Verbs.of(resource, served.version().verbs()));
        ResourceLists.putUnlessEmpty(item, "shortNames", resource.names().shortNames());
        ResourceLists.putUnlessEmpty(item, "categories", resource.names().categories());
        ArrayValue parts = new ArrayValue();
        new TreeMap<>(served.version().subresources())
                .values()
                .forEach(part -> parts.add(subresource(part, served, version)));
        return parts.isEmpty() ? item : item.put("subresources", parts);
    }

    private static ObjectValue subresource(
            SubresourceDefinition part, ServedGroup.Served served, ServedGroup.ServedVersion version) {
        return new ObjectValue()
                .put("subresource", part.name())
                .put("responseKind", responseKind(part.kind(), served, version))
                .put("verbs", Verbs.of(served.resource(), part.verbs()));
    }

    /** Group and version of a built-in's own kind are left for the reader to take from around it. */
    private static ObjectValue responseKind(
            GroupVersionKind kind, ServedGroup.Served served, ServedGroup.ServedVersion version) {
        boolean implied = served.resource().builtIn() && kind.apiVersion().equals(version.groupVersion());
        return new ObjectValue()
                .put("group", implied ? "" : kind.group())
                .put("version", implied ? "" : kind.version())
                .put("kind", kind.kind());
    }
}
