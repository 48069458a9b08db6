package io.argosy.apiserver.openapi;

import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.definition.SubresourceDefinition;
import io.argosy.apimodel.definition.VersionDefinition;
import java.util.Map;

/** The schemas of what is read and written at subresources. */
final class PartTypes {

    private static final Map<String, String> OF_OTHER_GROUPS = Map.of(
            "autoscaling/v1, Kind=Scale", "io.k8s.api.autoscaling.v1.Scale",
            "policy/v1, Kind=Eviction", "io.k8s.api.policy.v1.Eviction",
            "authentication.k8s.io/v1, Kind=TokenRequest", "io.k8s.api.authentication.v1.TokenRequest",
            "v1, Kind=Binding", "io.k8s.api.core.v1.Binding");

    private PartTypes() {}

    static String name(
            SubresourceDefinition part, String typeOfResource, ResourceDefinition resource, VersionDefinition version) {
        boolean own = part.kind().kind().equals(resource.names().kind())
                && part.kind().group().equals(resource.group())
                && part.kind().version().equals(version.name());
        if (own) {
            return typeOfResource;
        }
        String name = OF_OTHER_GROUPS.get(part.kind().toString());
        if (name == null) {
            throw new IllegalStateException("no schema for " + part.kind());
        }
        return name;
    }
}
