package io.argosy.controllermanager.namespace;

import io.argosy.apimodel.status.ApiException;
import io.argosy.client.request.ApiClient;
import io.argosy.client.request.DeleteOptions;
import io.argosy.client.request.Discovery;
import io.argosy.client.request.ListQuery;
import io.argosy.client.request.RequestException;
import io.argosy.client.request.ResourceClient;
import io.argosy.client.request.ResourceType;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One round of deleting everything in a namespace: pods first, and what protects them only when they are gone. */
final class Emptying {

    private final ApiClient client;
    private final String namespace;
    private final Map<String, Integer> objects = new TreeMap<>();
    private final Map<String, Integer> finalizers = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private Optional<Duration> estimate = Optional.empty();

    Emptying(ApiClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    Remaining step(Discovery.Result discovered) {
        List<Discovery.Served> deletable = discovered.resources().stream()
                .filter(served -> served.namespaced() && served.can("delete"))
                .toList();
        deletable.stream().filter(Emptying::isPods).forEach(this::empty);
        // While pods run, nothing goes that may keep them in bounds: NetworkPolicies above all.
        if (objects.isEmpty() && failures.isEmpty()) {
            deletable.stream().filter(served -> !isPods(served)).forEach(this::empty);
        }
        return new Remaining(objects, finalizers, failures, estimate);
    }

    private static boolean isPods(Discovery.Served served) {
        return served.resource().group().isEmpty()
                && served.resource().resource().equals("pods");
    }

    private void empty(Discovery.Served served) {
        String name = served.resource().groupResource().toString();
        ResourceClient<GenericKubernetesResource> resource =
                client.resource(ResourceType.metadata(served.resource(), served.kind(), true));
        try {
            if (!served.can("list")) {
                return;
            }
            if (served.can("deletecollection")) {
                deleteAll(resource);
            } else {
                deleteEach(resource);
            }
            resource.list(ListQuery.in(namespace)).items().forEach(object -> count(name, object));
        } catch (ApiException e) {
            if (!e.is(404) && !e.is(405)) {
                failures.add("failed to delete " + name + ": " + e.message());
            }
        } catch (RequestException e) {
            failures.add("failed to delete " + name + ": " + e.getMessage());
        }
    }

    private void deleteAll(ResourceClient<GenericKubernetesResource> resource) {
        resource.deleteAll(ListQuery.in(namespace), DeleteOptions.NONE.withPropagation("Background"));
    }

    private void deleteEach(ResourceClient<GenericKubernetesResource> resource) {
        for (GenericKubernetesResource object :
                resource.list(ListQuery.in(namespace)).items()) {
            try {
                resource.delete(ResourceType.keyOf(object), DeleteOptions.NONE.withPropagation("Background"));
            } catch (ApiException e) {
                if (!e.is(404)) {
                    throw e;
                }
            }
        }
    }

    private void count(String resource, GenericKubernetesResource object) {
        objects.merge(resource + ".", 1, Integer::sum);
        List<String> held = object.getMetadata().getFinalizers();
        if (held != null) {
            held.forEach(finalizer -> finalizers.merge(finalizer, 1, Integer::sum));
        }
        Long grace = object.getMetadata().getDeletionGracePeriodSeconds();
        if (grace != null && grace > 0) {
            Duration half = Duration.ofSeconds(Math.min(grace / 2 + 1, 15));
            estimate = estimate.filter(known -> known.compareTo(half) < 0).or(() -> Optional.of(half));
        }
    }
}
