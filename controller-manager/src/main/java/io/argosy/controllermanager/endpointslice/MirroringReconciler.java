package io.argosy.controllermanager.endpointslice;

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
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Copies Endpoints that somebody wrote by hand, for a service without selector, into slices. */
final class MirroringReconciler implements Reconciler<ObjectKey> {

    static final String MANAGER = "endpointslicemirroring-controller.k8s.io";
    private static final String SKIP = "endpointslice.kubernetes.io/skip-mirror";
    private static final String LEADER = "control-plane.alpha.kubernetes.io/leader";
    private static final String APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    private static final String TRIGGER = "endpoints.kubernetes.io/last-change-trigger-time";
    private static final String MANAGED = "endpoints.kubernetes.io/managed-by";

    /** How many endpoints of a subset are taken. */
    private static final int MOST_OF_SUBSET = 1000;

    private final ControllerContext context;
    private final Informer<Service> services;
    private final Informer<Endpoints> endpoints;
    private final Informer<EndpointSlice> slices;
    private final int most;

    MirroringReconciler(
            ControllerContext context,
            Informer<Service> services,
            Informer<Endpoints> endpoints,
            Informer<EndpointSlice> slices,
            int most) {
        this.context = context;
        this.services = services;
        this.endpoints = endpoints;
        this.slices = slices;
        this.most = most;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        List<EndpointSlice> existing = slices.byIndex(EndpointSliceReconciler.BY_SERVICE, key.toString()).stream()
                .filter(slice -> MANAGER.equals(Selectors.labels(slice).get(EndpointSliceReconciler.MANAGED_BY))
                        && !Owners.isDeleting(slice))
                .toList();
        Optional<Endpoints> source = endpoints.get(key).filter(MirroringReconciler::isMirrored);
        boolean chosen = services.get(key)
                .map(service -> service.getSpec().getSelector())
                .filter(selector -> !selector.isEmpty())
                .isPresent();
        if (source.isEmpty() || chosen || services.get(key).isEmpty()) {
            existing.forEach(this::delete);
            return Outcome.DONE;
        }
        List<EndpointSlice> stale = new ArrayList<>(existing);
        for (String family : List.of("IPv4", "IPv6")) {
            Map<List<EndpointPort>, List<Endpoint>> wanted =
                    Mirror.of(source.get(), family.equals("IPv6"), MOST_OF_SUBSET);
            if (wanted.isEmpty()) {
                continue;
            }
            List<EndpointSlice> mine = existing.stream()
                    .filter(slice -> family.equals(slice.getAddressType()))
                    .toList();
            stale.removeAll(mine);
            act(SlicePlan.of(template(source.get(), family), wanted, mine, most));
        }
        stale.forEach(this::delete);
        return Outcome.DONE;
    }

    static boolean isMirrored(Endpoints source) {
        return !"true".equals(Selectors.labels(source).get(SKIP))
                && !Selectors.annotations(source).containsKey(LEADER);
    }

    private static EndpointSlice template(Endpoints source, String family) {
        Map<String, String> labels = new LinkedHashMap<>(Selectors.labels(source));
        labels.remove(MANAGED);
        labels.put(EndpointSliceReconciler.SERVICE_NAME, source.getMetadata().getName());
        labels.put(EndpointSliceReconciler.MANAGED_BY, MANAGER);
        Map<String, String> annotations = new LinkedHashMap<>(Selectors.annotations(source));
        annotations.remove(APPLIED);
        annotations.remove(TRIGGER);
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace(source.getMetadata().getNamespace())
                .withGenerateName(source.getMetadata().getName() + "-")
                .withLabels(labels)
                .withAnnotations(annotations)
                .withOwnerReferences(Owners.controller(source))
                .endMetadata()
                .withAddressType(family)
                .build();
    }

    private void act(SlicePlan plan) {
        ResourceClient<EndpointSlice> client = context.client().resource(EndpointSlice.class);
        plan.create().forEach(client::create);
        plan.update().forEach(client::update);
        plan.delete().forEach(this::delete);
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
