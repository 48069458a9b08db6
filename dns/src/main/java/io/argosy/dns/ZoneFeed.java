package io.argosy.dns;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.client.informer.SharedInformerFactory;
import io.argosy.client.request.ResourceType;
import io.argosy.dns.zone.ClusterZone;
import io.argosy.dns.zone.ServiceEntries;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;
import java.util.Map;

/** Keeps the zone after what the API says: each change of a Service or of its slices makes its entry anew. */
final class ZoneFeed {

    private static final String SERVICE_INDEX = "service";
    private static final String SERVICE_LABEL = "kubernetes.io/service-name";

    private final ClusterZone zone;
    private final Informer<Service> services;
    private final Informer<EndpointSlice> slices;
    private final Informer<Namespace> namespaces;

    ZoneFeed(ClusterZone zone, SharedInformerFactory informers) {
        this.zone = zone;
        this.services = informers.informer(Service.class);
        this.slices = informers.informer(EndpointSlice.class);
        this.namespaces = informers.informer(Namespace.class);
        slices.addIndex(SERVICE_INDEX, ZoneFeed::serviceOf);
        services.addHandler(ResourceHandler.any(service -> refresh(ResourceType.keyOf(service))));
        slices.addHandler(
                ResourceHandler.any(slice -> serviceOf(slice).forEach(service -> refresh(ObjectKey.parse(service)))));
        namespaces.addHandler(new NamespaceHandler());
    }

    void requireSynced() {
        if (!services.hasSynced() || !slices.hasSynced() || !namespaces.hasSynced()) {
            throw new IllegalStateException("Services are not all known yet");
        }
    }

    /** Called by the informers' threads; one at a time, so that an older state never comes after a newer one. */
    private synchronized void refresh(ObjectKey key) {
        services.get(key)
                .flatMap(service -> ServiceEntries.of(service, slices.byIndex(SERVICE_INDEX, key.toString())))
                .ifPresentOrElse(zone::put, () -> zone.remove(key));
    }

    private static List<String> serviceOf(EndpointSlice slice) {
        Map<String, String> labels = slice.getMetadata().getLabels();
        String service = labels == null ? null : labels.get(SERVICE_LABEL);
        return service == null ? List.of() : List.of(slice.getMetadata().getNamespace() + "/" + service);
    }

    private final class NamespaceHandler implements ResourceHandler<Namespace> {

        @Override
        public void added(Namespace namespace, boolean initial) {
            zone.putNamespace(namespace.getMetadata().getName());
        }

        @Override
        public void updated(Namespace before, Namespace after) {
            zone.putNamespace(after.getMetadata().getName());
        }

        @Override
        public void deleted(Namespace last) {
            zone.removeNamespace(last.getMetadata().getName());
        }
    }
}
