package io.argosy.controllermanager.endpointslice;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.informer.Informer;
import io.argosy.client.request.DeleteOptions;
import io.argosy.client.request.ResourceClient;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.Reconciler;
import io.argosy.controllermanager.ownership.Owners;
import io.argosy.controllermanager.ownership.Selectors;
import io.argosy.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings the slices of one service to what its pods are. */
final class EndpointSliceReconciler implements Reconciler<ObjectKey> {

    static final String SERVICE_NAME = "kubernetes.io/service-name";
    static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
    static final String MANAGER = "endpointslice-controller.k8s.io";
    static final String HEADLESS = "service.kubernetes.io/headless";
    static final String BY_SERVICE = "service";
    private static final String TRIGGER = "endpoints.kubernetes.io/last-change-trigger-time";

    private final ControllerContext context;
    private final Informer<Service> services;
    private final Informer<Pod> pods;
    private final Informer<EndpointSlice> slices;
    private final Informer<Node> nodes;
    private final int most;

    EndpointSliceReconciler(
            ControllerContext context,
            Informer<Service> services,
            Informer<Pod> pods,
            Informer<EndpointSlice> slices,
            Informer<Node> nodes,
            int most) {
        this.context = context;
        this.services = services;
        this.pods = pods;
        this.slices = slices;
        this.nodes = nodes;
        this.most = most;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        Optional<Service> found = services.get(key);
        List<EndpointSlice> existing = slices.byIndex(BY_SERVICE, key.toString()).stream()
                .filter(slice -> MANAGER.equals(Selectors.labels(slice).get(MANAGED_BY)) && !Owners.isDeleting(slice))
                .toList();
        if (found.isEmpty()) {
            return Outcome.DONE;
        }
        Service service = found.get();
        Map<String, String> selector = service.getSpec().getSelector();
        if (selector == null
                || selector.isEmpty()
                || "ExternalName".equals(service.getSpec().getType())) {
            return Outcome.DONE;
        }
        LabelSelector chosen = LabelSelector.ofLabels(selector);
        List<Pod> behind = pods.list(key.namespace()).stream()
                .filter(pod -> Selectors.matches(chosen, pod))
                .sorted((a, b) ->
                        a.getMetadata().getName().compareTo(b.getMetadata().getName()))
                .toList();
        List<EndpointSlice> stale = new ArrayList<>(existing);
        for (String family : families(service)) {
            boolean v6 = family.equals("IPv6");
            List<EndpointSlice> mine = existing.stream()
                    .filter(slice -> family.equals(slice.getAddressType()))
                    .toList();
            stale.removeAll(mine);
            Map<List<EndpointPort>, List<Endpoint>> wanted =
                    WantedSlices.of(service, behind, v6, name -> nodes.get(new ObjectKey("", name)));
            act(service, SlicePlan.of(template(service, family, behind), wanted, mine, most));
        }
        stale.forEach(this::delete);
        return Outcome.DONE;
    }

    private static List<String> families(Service service) {
        List<String> families = service.getSpec().getIpFamilies();
        return families == null || families.isEmpty() ? List.of("IPv4") : families;
    }

    private static EndpointSlice template(Service service, String family, List<Pod> behind) {
        Map<String, String> labels = new LinkedHashMap<>(Selectors.labels(service));
        labels.remove(HEADLESS);
        labels.put(SERVICE_NAME, service.getMetadata().getName());
        labels.put(MANAGED_BY, MANAGER);
        if (ServicePods.isHeadless(service)) {
            labels.put(HEADLESS, "");
        }
        Map<String, String> annotations = new LinkedHashMap<>();
        behind.stream()
                .flatMap(pod -> Pods.readySince(pod).stream())
                .max(Instant::compareTo)
                .ifPresent(at -> annotations.put(TRIGGER, at.toString()));
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace(service.getMetadata().getNamespace())
                .withGenerateName(service.getMetadata().getName() + "-")
                .withLabels(labels)
                .withAnnotations(annotations)
                .withOwnerReferences(Owners.controller(service))
                .endMetadata()
                .withAddressType(family)
                .build();
    }

    private void act(Service service, SlicePlan plan) {
        ResourceClient<EndpointSlice> client = context.client().resource(EndpointSlice.class);
        try {
            plan.create().forEach(client::create);
            plan.update().forEach(client::update);
            plan.delete().forEach(this::delete);
        } catch (ApiException e) {
            boolean ending = e.details().causes().stream()
                    .anyMatch(cause -> cause.reason().equals("NamespaceTerminating"));
            if (ending) {
                return;
            }
            context.events()
                    .warning(
                            service,
                            "FailedToUpdateEndpointSlices",
                            "Error updating Endpoint Slices for Service " + ResourceType.keyOf(service) + ": "
                                    + e.message());
            throw e;
        }
    }

    private void delete(EndpointSlice slice) {
        try {
            context.client()
                    .resource(EndpointSlice.class)
                    .delete(
                            ResourceType.keyOf(slice),
                            DeleteOptions.ofUid(slice.getMetadata().getUid()));
        } catch (ApiException e) {
            if (!e.is(404)) {
                throw e;
            }
        }
    }
}
