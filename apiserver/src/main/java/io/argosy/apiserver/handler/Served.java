package io.argosy.apiserver.handler;

import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.definition.VersionDefinition;
import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.meta.GroupVersionResource;
import io.argosy.apiserver.cache.VersionForm;
import io.argosy.apiserver.registry.generic.ResourceRegistry;
import io.argosy.apiserver.request.Accepted.Offer;
import java.util.Optional;

/**
 * One version of a resource as it is served now.
 *
 * @param definition of the resource that is asked for; its registry may keep the objects of an alias
 * @param registry empty when nothing is stored
 */
public record Served(ResourceDefinition definition, VersionDefinition version, Optional<ResourceRegistry> registry) {

    public GroupVersion groupVersion() {
        return new GroupVersion(definition.group(), version.name());
    }

    public GroupVersionKind kind() {
        return groupVersion().kind(definition.names().kind());
    }

    public GroupVersionResource resource() {
        return groupVersion().resource(definition.names().plural());
    }

    public ResourceRegistry stored() {
        return registry.orElseThrow(() -> new IllegalStateException(definition.groupResource() + " is not stored"));
    }

    public VersionForm form() {
        return stored().cache().form(groupVersion());
    }

    public Offer offer() {
        return definition.builtIn() ? Offer.BUILT_IN : Offer.CUSTOM;
    }
}
