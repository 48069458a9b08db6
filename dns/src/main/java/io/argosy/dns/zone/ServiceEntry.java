package io.argosy.dns.zone;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * What DNS knows of a Service.
 *
 * @param addresses cluster IPs; empty for a headless Service
 * @param externalName the name that an ExternalName Service stands for
 * @param ports of the Service; a headless Service answers with those of its endpoints
 * @param endpoints the ready ones, in the order in which they are answered
 */
public record ServiceEntry(
        String namespace,
        String name,
        List<InetAddress> addresses,
        Optional<String> externalName,
        List<Port> ports,
        List<Endpoint> endpoints) {

    public ServiceEntry {
        addresses = List.copyOf(addresses);
        ports = List.copyOf(ports);
        endpoints = List.copyOf(endpoints);
    }

    /** @param protocol in lower case, as it stands in SRV names: {@code tcp} */
    public record Port(String name, String protocol, int number) {}

    /**
     * @param hostname the label under the Service's name: the pod's hostname, or its address with dashes
     * @param named whether the hostname was given, and so is told in reverse
     */
    public record Endpoint(InetAddress address, String hostname, boolean named, List<Port> ports) {
        public Endpoint {
            ports = List.copyOf(ports);
        }
    }

    public boolean headless() {
        return addresses.isEmpty() && externalName.isEmpty();
    }
}
