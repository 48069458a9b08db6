package io.argosy.controllermanager.disruption;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.request.ApiClient;
import io.argosy.client.request.Discovery;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.ownership.Owners;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** How many pods the controllers of pods want in all. */
final class Scales {

    private final ApiClient client;

    Scales(ApiClient client) {
        this.client = client;
    }

    /** No controller is known, or it tells no number. */
    static final class NoScale extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoScale(String message) {
            super(message);
        }
    }

    /** Each controller counts once; pods without one count nothing. */
    int of(List<Pod> pods) {
        Map<String, Integer> byOwner = new LinkedHashMap<>();
        for (Pod pod : pods) {
            Optional<OwnerReference> owner = Owners.controllerOf(pod);
            if (owner.isPresent() && !byOwner.containsKey(owner.get().getUid())) {
                Map.Entry<String, Integer> found = find(pod.getMetadata().getNamespace(), owner.get())
                        .orElseThrow(() -> new NoScale("found no controllers for pod \""
                                + pod.getMetadata().getName() + "\""));
                byOwner.put(found.getKey(), found.getValue());
            }
        }
        return byOwner.values().stream().mapToInt(Integer::intValue).sum();
    }

    private Optional<Map.Entry<String, Integer>> find(String namespace, OwnerReference owner) {
        ObjectKey key = new ObjectKey(namespace, owner.getName());
        return switch (owner.getKind()) {
            case "ReplicaSet" -> {
                Optional<ReplicaSet> set = get(ReplicaSet.class, key, owner);
                Optional<OwnerReference> above = set.flatMap(Owners::controllerOf)
                        .filter(one -> one.getKind().equals("Deployment"));
                if (above.isPresent()) {
                    yield get(
                                    Deployment.class,
                                    new ObjectKey(namespace, above.get().getName()),
                                    above.get())
                            .map(one -> entry(one, one.getSpec().getReplicas()));
                }
                yield set.map(one -> entry(one, one.getSpec().getReplicas()));
            }
            case "StatefulSet" ->
                get(StatefulSet.class, key, owner)
                        .map(one -> entry(one, one.getSpec().getReplicas()));
            case "ReplicationController" ->
                get(ReplicationController.class, key, owner)
                        .map(one -> entry(one, one.getSpec().getReplicas()));
            default -> scale(key, owner);
        };
    }

    private <T extends HasMetadata> Optional<T> get(Class<T> type, ObjectKey key, OwnerReference owner) {
        return client.resource(type)
                .find(key)
                .filter(found -> found.getMetadata().getUid().equals(owner.getUid()));
    }

    private static Map.Entry<String, Integer> entry(HasMetadata owner, Integer replicas) {
        return Map.entry(owner.getMetadata().getUid(), replicas == null ? 1 : replicas);
    }

    /** Whatever has a scale subresource tells by it. */
    private Optional<Map.Entry<String, Integer>> scale(ObjectKey key, OwnerReference owner) {
        return Discovery.of(client).resources().stream()
                .filter(one -> one.kind().equals(owner.getKind())
                        && owner.getApiVersion().equals(apiVersion(one))
                        && one.resource().resource().indexOf('/') < 0)
                .findFirst()
                .flatMap(one -> {
                    Scale scale = client.resource(ResourceType.generic(one.resource(), one.kind(), one.namespaced()))
                            .getSubresource(key, "scale", Scale.class);
                    boolean same = scale.getMetadata().getUid().equals(owner.getUid());
                    OptionalInt wanted =
                            scale.getSpec() == null || scale.getSpec().getReplicas() == null
                                    ? OptionalInt.of(0)
                                    : OptionalInt.of(scale.getSpec().getReplicas());
                    return same ? Optional.of(Map.entry(owner.getUid(), wanted.getAsInt())) : Optional.empty();
                });
    }

    private static String apiVersion(Discovery.Served one) {
        String group = one.resource().group();
        return group.isEmpty()
                ? one.resource().version()
                : group + "/" + one.resource().version();
    }
}
