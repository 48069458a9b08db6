package io.argosy.dns.zone;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Address;

/** Reads Services and their EndpointSlices. */
public final class ServiceEntries {

    private ServiceEntries() {}

    /** The entry of a Service; empty for one that has no name in DNS. */
    public static Optional<ServiceEntry> of(Service service, Collection<EndpointSlice> slices) {
        var spec = service.getSpec();
        if (spec == null) {
            return Optional.empty();
        }
        Optional<String> externalName =
                "ExternalName".equals(spec.getType()) ? Optional.ofNullable(spec.getExternalName()) : Optional.empty();
        List<InetAddress> addresses = new ArrayList<>();
        List<String> clusterIps = spec.getClusterIPs().isEmpty() && spec.getClusterIP() != null
                ? List.of(spec.getClusterIP())
                : spec.getClusterIPs();
        clusterIps.forEach(ip -> address(ip).ifPresent(addresses::add));
        List<ServiceEntry.Port> ports = spec.getPorts().stream()
                .map(port -> port(port.getName(), port.getProtocol(), port.getPort()))
                .toList();
        return Optional.of(new ServiceEntry(
                service.getMetadata().getNamespace(),
                service.getMetadata().getName(),
                externalName.isPresent() ? List.of() : addresses,
                externalName,
                ports,
                addresses.isEmpty() ? endpoints(slices) : List.of()));
    }

    private static List<ServiceEntry.Endpoint> endpoints(Collection<EndpointSlice> slices) {
        List<ServiceEntry.Endpoint> endpoints = new ArrayList<>();
        for (EndpointSlice slice : slices) {
            List<ServiceEntry.Port> ports = orEmpty(slice.getPorts()).stream()
                    .filter(port -> port.getPort() != null)
                    .map(port -> port(port.getName(), port.getProtocol(), port.getPort()))
                    .toList();
            for (Endpoint endpoint : orEmpty(slice.getEndpoints())) {
                boolean ready = endpoint.getConditions() == null
                        || !Boolean.FALSE.equals(endpoint.getConditions().getReady());
                if (ready) {
                    endpoint.getAddresses()
                            .forEach(ip -> address(ip)
                                    .ifPresent(found -> endpoints.add(endpoint(endpoint, ip, found, ports))));
                }
            }
        }
        return endpoints;
    }

    /** What is null in JSON is null here, whatever the type says. */
    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static ServiceEntry.Endpoint endpoint(
            Endpoint endpoint, String ip, InetAddress address, List<ServiceEntry.Port> ports) {
        String hostname = endpoint.getHostname();
        return hostname == null || hostname.isEmpty()
                ? new ServiceEntry.Endpoint(address, ip.replace('.', '-').replace(':', '-'), false, ports)
                : new ServiceEntry.Endpoint(address, hostname.toLowerCase(Locale.ROOT), true, ports);
    }

    private static ServiceEntry.Port port(String name, String protocol, Integer number) {
        return new ServiceEntry.Port(
                Objects.requireNonNullElse(name, ""),
                Objects.requireNonNullElse(protocol, "TCP").toLowerCase(Locale.ROOT),
                number);
    }

    /** Of an address in text form; {@code None} and the like are none. */
    private static Optional<InetAddress> address(String text) {
        byte[] bytes = Address.toByteArray(text, Address.IPv4);
        if (bytes == null) {
            bytes = Address.toByteArray(text, Address.IPv6);
        }
        try {
            return bytes == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
        } catch (java.net.UnknownHostException e) {
            return Optional.empty();
        }
    }
}
