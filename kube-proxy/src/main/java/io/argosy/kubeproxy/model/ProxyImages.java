package io.argosy.kubeproxy.model;

import io.argosy.apimodel.meta.ObjectKey;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Makes images of what the API holds. */
public final class ProxyImages {

    private ProxyImages() {}

    /**
     * @param slices the EndpointSlices of a Service
     * @param nodeName this node
     */
    public static ProxyImage of(
            List<Service> services, Function<ObjectKey, List<EndpointSlice>> slices, IpFamily family, String nodeName) {
        TreeMap<ServicePortName, ProxyImage.Entry> entries = new TreeMap<>();
        for (Service service : services) {
            List<ServicePort> ports = ServicePorts.of(service, family);
            if (ports.isEmpty()) {
                continue;
            }
            ObjectKey key = new ObjectKey(
                    service.getMetadata().getNamespace(), service.getMetadata().getName());
            Map<String, List<Endpoint>> endpoints = Endpoints.of(slices.apply(key), family, nodeName);
            for (ServicePort port : ports) {
                entries.put(
                        port.name(),
                        new ProxyImage.Entry(
                                port, endpoints.getOrDefault(port.name().port(), List.of())));
            }
        }
        return new ProxyImage(family, entries);
    }
}
