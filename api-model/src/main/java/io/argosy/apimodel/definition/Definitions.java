package io.argosy.apimodel.definition;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.meta.GroupVersionResource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An immutable set of definitions, found by resource or kind. */
public final class Definitions {

    private final Map<GroupResource, ResourceDefinition> byResource = new LinkedHashMap<>();
    private final Map<GroupVersionKind, ResourceDefinition> byKind = new HashMap<>();

    public Definitions(Collection<ResourceDefinition> definitions) {
        for (ResourceDefinition definition : definitions) {
            byResource.put(definition.groupResource(), definition);
            for (VersionDefinition version : definition.versions()) {
                byKind.put(
                        new GroupVersionKind(
                                definition.group(),
                                version.name(),
                                definition.names().kind()),
                        definition);
            }
        }
    }

    public Collection<ResourceDefinition> all() {
        return byResource.values();
    }

    public Optional<ResourceDefinition> find(GroupResource resource) {
        return Optional.ofNullable(byResource.get(resource));
    }

    public Optional<ResourceDefinition> find(GroupVersionResource resource) {
        return find(resource.groupResource())
                .filter(definition -> definition.version(resource.version()).isPresent());
    }

    public Optional<ResourceDefinition> find(GroupVersionKind kind) {
        return Optional.ofNullable(byKind.get(kind));
    }
}
