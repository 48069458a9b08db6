package io.argosy.controllermanager.endpointslice;

import io.argosy.client.events.References;
import io.argosy.controllermanager.ownership.Owners;
import io.argosy.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** The endpoints that a service should have in one family: by the ports under which pods serve it. Pure. */
final class WantedSlices {

    private WantedSlices() {}

    /** @param nodes finds a node by its name */
    static Map<List<EndpointPort>, List<Endpoint>> of(
            Service service, List<Pod> pods, boolean v6, Function<String, Optional<Node>> nodes) {
        Map<List<EndpointPort>, List<Endpoint>> wanted = new LinkedHashMap<>();
        for (Pod pod : pods) {
            Optional<String> address = ServicePods.address(pod, v6);
            if (address.isEmpty() || !ServicePods.counts(pod, true)) {
                continue;
            }
            wanted.computeIfAbsent(ports(service, pod), key -> new ArrayList<>())
                    .add(endpoint(service, pod, address.get(), nodes));
        }
        return wanted;
    }

    private static List<EndpointPort> ports(Service service, Pod pod) {
        List<EndpointPort> ports = new ArrayList<>();
        List<ServicePort> declared = service.getSpec().getPorts() == null
                ? List.of()
                : service.getSpec().getPorts();
        for (ServicePort port : declared) {
            OptionalInt number = ServicePods.target(port, pod);
            if (number.isPresent()) {
                EndpointPort endpoint = new EndpointPort();
                endpoint.setName(port.getName() == null ? "" : port.getName());
                endpoint.setProtocol(ServicePods.protocol(port));
                endpoint.setPort(number.getAsInt());
                endpoint.setAppProtocol(port.getAppProtocol());
                ports.add(endpoint);
            }
        }
        return ports;
    }

    private static Endpoint endpoint(Service service, Pod pod, String address, Function<String, Optional<Node>> nodes) {
        boolean serving = Pods.isReady(pod);
        boolean terminating = Owners.isDeleting(pod);
        boolean ready = ServicePods.publishesNotReady(service) || (serving && !terminating);
        ObjectReference target = References.to(pod);
        target.setApiVersion(null);
        target.setResourceVersion(null);
        target.setKind("Pod");
        EndpointBuilder endpoint = new EndpointBuilder()
                .withAddresses(address)
                .withNewConditions()
                .withReady(ready)
                .withServing(serving)
                .withTerminating(terminating)
                .endConditions()
                .withTargetRef(target);
        String node = Pods.node(pod);
        if (!node.isEmpty()) {
            endpoint.withNodeName(node);
            nodes.apply(node)
                    .map(found -> found.getMetadata().getLabels())
                    .map(labels -> labels.get("topology.kubernetes.io/zone"))
                    .ifPresent(endpoint::withZone);
        }
        ServicePods.hostname(pod, service).ifPresent(endpoint::withHostname);
        hints(service, endpoint, ready);
        return endpoint.build();
    }

    /** Services that ask for it prefer endpoints of the client's zone or node. */
    private static void hints(Service service, EndpointBuilder endpoint, boolean ready) {
        String distribution = service.getSpec().getTrafficDistribution();
        if (distribution == null || !ready) {
            return;
        }
        boolean byZone = distribution.equals("PreferClose") || distribution.equals("PreferSameZone");
        if (byZone && endpoint.getZone() != null) {
            endpoint.withNewHints().addNewForZone(endpoint.getZone()).endHints();
        } else if (distribution.equals("PreferSameNode") && endpoint.getNodeName() != null) {
            var hints = endpoint.withNewHints().addNewForNode(endpoint.getNodeName());
            if (endpoint.getZone() != null) {
                hints = hints.addNewForZone(endpoint.getZone());
            }
            hints.endHints();
        }
    }
}
