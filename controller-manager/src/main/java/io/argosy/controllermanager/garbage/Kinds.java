package io.argosy.controllermanager.garbage;

import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.client.request.Discovery;
import io.argosy.client.request.ResourceType;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the resource of a kind. Thread-safe. */
final class Kinds {

    private record GroupKind(String group, String kind) {}

    private volatile Map<GroupKind, Discovery.Served> known = Map.of();

    void learn(Discovery.Result discovered) {
        Map<GroupKind, Discovery.Served> next = new HashMap<>(known);
        discovered.resources().forEach(served -> {
            if (served.can("get")) {
                next.put(new GroupKind(served.resource().group(), served.kind()), served);
            }
        });
        known = Map.copyOf(next);
    }

    Optional<ResourceType<GenericKubernetesResource>> resource(String apiVersion, String kind) {
        try {
            return Optional.ofNullable(known.get(
                            new GroupKind(GroupVersion.parse(apiVersion).group(), kind)))
                    .map(served -> ResourceType.metadata(served.resource(), served.kind(), served.namespaced()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
