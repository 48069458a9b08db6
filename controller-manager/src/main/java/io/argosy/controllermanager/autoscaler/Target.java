package io.argosy.controllermanager.autoscaler;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.request.ApiClient;
import io.argosy.client.request.Discovery;
import io.argosy.client.request.ObjectJson;
import io.argosy.client.request.ResourceClient;
import io.argosy.client.request.ResourceType;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.api.model.autoscaling.v1.ScaleSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.CrossVersionObjectReference;
import java.util.List;

/** What an autoscaler scales, by its scale subresource. */
record Target(ResourceClient<GenericKubernetesResource> resource, ObjectKey key, Scale scale) {

    private static final int ATTEMPTS = 5;

    /** Finds the target; throws an {@link ApiException} with the reason when there is none that can be scaled. */
    static Target of(ApiClient client, String namespace, CrossVersionObjectReference reference) {
        String version = reference.getApiVersion() == null ? "" : reference.getApiVersion();
        int slash = version.indexOf('/');
        String group = slash < 0 ? "" : version.substring(0, slash);
        List<Discovery.Served> served = Discovery.of(client).resources().stream()
                .filter(one -> one.kind().equals(reference.getKind())
                        && one.resource().group().equals(group)
                        && one.resource().resource().indexOf('/') < 0)
                .toList();
        if (served.isEmpty()) {
            throw new ApiException(
                    404,
                    "NotFound",
                    "no matches for kind \"" + reference.getKind() + "\" in group \"" + group + "\"",
                    ApiException.Details.NONE);
        }
        ObjectKey key = new ObjectKey(namespace, reference.getName());
        ApiException first = null;
        for (Discovery.Served one : served) {
            ResourceClient<GenericKubernetesResource> resource =
                    client.resource(ResourceType.generic(one.resource(), one.kind(), one.namespaced()));
            try {
                return new Target(resource, key, resource.getSubresource(key, "scale", Scale.class));
            } catch (ApiException e) {
                first = first == null ? e : first;
            }
        }
        throw first == null ? new IllegalStateException("no resource") : first;
    }

    int wanted() {
        return scale.getSpec() == null || scale.getSpec().getReplicas() == null
                ? 0
                : scale.getSpec().getReplicas();
    }

    int counted() {
        return scale.getStatus() == null || scale.getStatus().getReplicas() == null
                ? 0
                : scale.getStatus().getReplicas();
    }

    String selector() {
        return scale.getStatus() == null || scale.getStatus().getSelector() == null
                ? ""
                : scale.getStatus().getSelector();
    }

    /** Replaces the scale, which is all that autoscalers may do with it; one that was changed since is read again. */
    void scaleTo(int replicas) {
        Scale next = ObjectJson.copy(scale);
        for (int attempt = 1; ; attempt++) {
            next.setSpec(new ScaleSpec(replicas));
            try {
                resource.update(ObjectJson.convert(ObjectJson.toTree(next), GenericKubernetesResource.class), "scale");
                return;
            } catch (ApiException e) {
                if (!e.is(409) || attempt == ATTEMPTS) {
                    throw e;
                }
                next = resource.getSubresource(key, "scale", Scale.class);
            }
        }
    }
}
