package io.argosy.controllermanager.endpointslice;

import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The endpoints of one family that an Endpoints object names, by their ports. Pure. */
final class Mirror {

    private Mirror() {}

    static Map<List<EndpointPort>, List<Endpoint>> of(Endpoints source, boolean v6, int most) {
        Map<List<EndpointPort>, List<Endpoint>> wanted = new LinkedHashMap<>();
        List<EndpointSubset> subsets = source.getSubsets() == null ? List.of() : source.getSubsets();
        for (EndpointSubset subset : subsets) {
            List<Endpoint> found = new ArrayList<>();
            add(found, subset.getAddresses(), true, v6, most);
            add(found, subset.getNotReadyAddresses(), false, v6, most);
            if (!found.isEmpty()) {
                wanted.computeIfAbsent(ports(subset), key -> new ArrayList<>()).addAll(found);
            }
        }
        return wanted;
    }

    private static void add(
            List<Endpoint> found, List<EndpointAddress> addresses, boolean ready, boolean v6, int most) {
        for (EndpointAddress address : addresses == null ? List.<EndpointAddress>of() : addresses) {
            if (found.size() >= most || (address.getIp().indexOf(':') >= 0) != v6) {
                continue;
            }
            EndpointBuilder endpoint = new EndpointBuilder()
                    .withAddresses(address.getIp())
                    .withNewConditions()
                    .withReady(ready)
                    .endConditions();
            if (address.getTargetRef() != null) {
                endpoint.withTargetRef(address.getTargetRef());
            }
            if (address.getNodeName() != null) {
                endpoint.withNodeName(address.getNodeName());
            }
            if (address.getHostname() != null && !address.getHostname().isEmpty()) {
                endpoint.withHostname(address.getHostname());
            }
            found.add(endpoint.build());
        }
    }

    private static List<EndpointPort> ports(EndpointSubset subset) {
        List<EndpointPort> ports = new ArrayList<>();
        if (subset.getPorts() != null) {
            subset.getPorts().forEach(port -> {
                EndpointPort copy = new EndpointPort();
                copy.setName(port.getName() == null ? "" : port.getName());
                copy.setPort(port.getPort());
                copy.setProtocol(port.getProtocol());
                copy.setAppProtocol(port.getAppProtocol());
                ports.add(copy);
            });
        }
        return ports;
    }
}
