package io.argosy.kubeproxy.conntrack;

import io.argosy.kubeproxy.model.Endpoint;
import io.argosy.kubeproxy.model.EndpointChoice;
import io.argosy.kubeproxy.model.ProxyImage;
import io.argosy.kubeproxy.model.ServicePort;
import io.argosy.kubeproxy.model.ServicePortName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which connections the kernel must forget after a change: UDP has no end, so flows to an endpoint that is gone, and flows
 * that began when a Service had no endpoint, would go on forever. A pure function of two images.
 */
public final class StaleFlows {

    /** Flows to forget. */
    public sealed interface Flow {

        /** From a Service's address to an endpoint that is no longer used. */
        record ToEndpoint(String serviceIp, String endpointIp) implements Flow {}

        /** To an address of a Service that had no endpoint before. */
        record ToAddress(String serviceIp) implements Flow {}

        /** To a node port of a Service, whatever the endpoint. */
        record ToNodePort(int port) implements Flow {}
    }

    private StaleFlows() {}

    public static List<Flow> between(ProxyImage before, ProxyImage after, EndpointChoice.Place place) {
        List<Flow> flows = new ArrayList<>();
        for (Map.Entry<ServicePortName, ProxyImage.Entry> entry :
                before.entries().entrySet()) {
            ServicePort service = entry.getValue().service();
            if (!service.protocol().equals("udp")) {
                continue;
            }
            Set<String> now = addresses(after, entry.getKey(), place);
            for (String gone : addresses(before, entry.getKey(), place)) {
                if (!now.contains(gone)) {
                    serviceAddresses(service).forEach(ip -> flows.add(new Flow.ToEndpoint(ip, gone)));
                    if (service.nodePort() > 0) {
                        flows.add(new Flow.ToNodePort(service.nodePort()));
                    }
                }
            }
        }
        for (Map.Entry<ServicePortName, ProxyImage.Entry> entry :
                after.entries().entrySet()) {
            ServicePort service = entry.getValue().service();
            boolean hasNow = !addresses(after, entry.getKey(), place).isEmpty();
            if (service.protocol().equals("udp")
                    && hasNow
                    && addresses(before, entry.getKey(), place).isEmpty()) {
                serviceAddresses(service).forEach(ip -> flows.add(new Flow.ToAddress(ip)));
                if (service.nodePort() > 0) {
                    flows.add(new Flow.ToNodePort(service.nodePort()));
                }
            }
        }
        return flows.stream().distinct().toList();
    }

    private static Set<String> addresses(ProxyImage image, ServicePortName name, EndpointChoice.Place place) {
        ProxyImage.Entry entry = image.entries().get(name);
        Set<String> addresses = new HashSet<>();
        if (entry != null) {
            EndpointChoice choice = EndpointChoice.of(entry.endpoints(), place);
            choice.cluster().stream().map(Endpoint::address).forEach(addresses::add);
            choice.local().stream().map(Endpoint::address).forEach(addresses::add);
        }
        return addresses;
    }

    private static List<String> serviceAddresses(ServicePort service) {
        List<String> addresses = new ArrayList<>(List.of(service.clusterIp()));
        addresses.addAll(service.externalIps());
        addresses.addAll(service.loadBalancerIps());
        return addresses;
    }
}
