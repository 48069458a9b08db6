package io.argosy.controllermanager.endpoints;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.informer.Informer;
import io.argosy.client.request.ObjectJson;
import io.argosy.client.request.ResourceClient;
import io.argosy.controllermanager.endpointslice.ServicePods;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.Reconciler;
import io.argosy.controllermanager.ownership.Selectors;
import io.argosy.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings the Endpoints of one service to what its pods are. */
final class EndpointsReconciler implements Reconciler<ObjectKey> {

    private static final String HEADLESS = "service.kubernetes.io/headless";
    private static final String MANAGED_BY = "endpoints.kubernetes.io/managed-by";
    private static final String TRIGGER = "endpoints.kubernetes.io/last-change-trigger-time";
    private static final String OVER_CAPACITY = "endpoints.kubernetes.io/over-capacity";

    private final ControllerContext context;
    private final Informer<Service> services;
    private final Informer<Pod> pods;
    private final Informer<Endpoints> endpoints;

    EndpointsReconciler(
            ControllerContext context, Informer<Service> services, Informer<Pod> pods, Informer<Endpoints> endpoints) {
        this.context = context;
        this.services = services;
        this.pods = pods;
        this.endpoints = endpoints;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        Optional<Service> found = services.get(key);
        ResourceClient<Endpoints> client = context.client().resource(Endpoints.class);
        if (found.isEmpty()) {
            if (endpoints.get(key).isPresent()) {
                delete(client, key);
            }
            return Outcome.DONE;
        }
        Service service = found.get();
        Map<String, String> selector = service.getSpec().getSelector();
        boolean byHand = selector == null || selector.isEmpty();
        if (byHand || "ExternalName".equals(service.getSpec().getType())) {
            return Outcome.DONE;
        }
        LabelSelector chosen = LabelSelector.ofLabels(selector);
        List<Pod> behind = pods.list(key.namespace()).stream()
                .filter(pod -> Selectors.matches(chosen, pod))
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .toList();
        Optional<Endpoints> before = endpoints.get(key);
        Endpoints next = next(service, behind, before);
        if (before.isPresent() && same(before.get(), next)) {
            return Outcome.DONE;
        }
        try {
            if (before.isPresent()) {
                client.update(next);
            } else {
                client.create(next);
            }
        } catch (ApiException e) {
            String verb = before.isPresent() ? "Update" : "Create";
            boolean ending = e.details().causes().stream()
                    .anyMatch(cause -> cause.reason().equals("NamespaceTerminating"));
            if (!ending) {
                context.events()
                        .warning(
                                next,
                                "FailedTo" + verb + "Endpoint",
                                "Failed to " + verb.toLowerCase(java.util.Locale.ROOT) + " endpoint for service " + key
                                        + ": " + e.message());
            }
            throw e;
        }
        return Outcome.DONE;
    }

    private static boolean same(Endpoints before, Endpoints next) {
        List<EndpointSubset> subsets = before.getSubsets() == null ? List.of() : before.getSubsets();
        return Subsets.packed(subsets).equals(Subsets.packed(next.getSubsets()))
                && Selectors.labels(before).equals(Selectors.labels(next))
                && Selectors.annotations(before).containsKey(OVER_CAPACITY)
                        == Selectors.annotations(next).containsKey(OVER_CAPACITY);
    }

    private static Endpoints next(Service service, List<Pod> behind, Optional<Endpoints> before) {
        Endpoints next = before.map(ObjectJson::copy)
                .orElseGet(() -> new EndpointsBuilder()
                        .withNewMetadata()
                        .withNamespace(service.getMetadata().getNamespace())
                        .withName(service.getMetadata().getName())
                        .endMetadata()
                        .build());
        Map<String, String> labels = new LinkedHashMap<>(Selectors.labels(service));
        labels.remove(HEADLESS);
        if (ServicePods.isHeadless(service) || service.getSpec().getClusterIP() == null) {
            labels.put(HEADLESS, "");
        }
        labels.put(MANAGED_BY, "endpoint-controller");
        next.getMetadata().setLabels(labels);
        List<EndpointSubset> subsets = Subsets.of(service, behind);
        Map<String, String> annotations = new LinkedHashMap<>(Selectors.annotations(next));
        annotations.remove(OVER_CAPACITY);
        if (Subsets.truncate(subsets)) {
            annotations.put(OVER_CAPACITY, "truncated");
        }
        annotations.remove(TRIGGER);
        behind.stream()
                .flatMap(pod -> Pods.readySince(pod).stream())
                .max(Instant::compareTo)
                .ifPresent(at -> annotations.put(TRIGGER, at.toString()));
        next.getMetadata().setAnnotations(annotations);
        next.setSubsets(subsets);
        return next;
    }

    private static void delete(ResourceClient<Endpoints> client, ObjectKey key) {
        try {
            client.delete(key);
        } catch (ApiException e) {
            if (!e.is(404)) {
                throw e;
            }
        }
    }
}
