package io.argosy.kubeproxy.model;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.ForNode;
import io.fabric8.kubernetes.api.model.discovery.v1.ForZone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads EndpointSlices. */
public final class Endpoints {

    private Endpoints() {}

    /**
     * The endpoints of one Service by port name.
     *
     * @param nodeName this node
     */
    public static Map<String, List<Endpoint>> of(Iterable<EndpointSlice> slices, IpFamily family, String nodeName) {
        Map<String, List<Endpoint>> byPort = new HashMap<>();
        for (EndpointSlice slice : slices) {
            if (!family.apiName().equals(slice.getAddressType())) {
                continue;
            }
            for (EndpointPort port : orEmpty(slice.getPorts())) {
                if (port.getPort() == null) {
                    continue;
                }
                List<Endpoint> endpoints =
                        byPort.computeIfAbsent(Objects.requireNonNullElse(port.getName(), ""), _ -> new ArrayList<>());
                orEmpty(slice.getEndpoints()).stream()
                        .filter(endpoint -> orEmpty(endpoint.getAddresses()).stream()
                                .limit(1)
                                .anyMatch(family::has))
                        .forEach(endpoint -> endpoints.add(endpoint(endpoint, port.getPort(), nodeName)));
            }
        }
        return byPort;
    }

    /** What is null in JSON is null here, whatever the type says. */
    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static Endpoint endpoint(
            io.fabric8.kubernetes.api.model.discovery.v1.Endpoint endpoint, int port, String nodeName) {
        EndpointConditions conditions = endpoint.getConditions();
        boolean ready = conditions == null || !Boolean.FALSE.equals(conditions.getReady());
        boolean serving = conditions == null || conditions.getServing() == null ? ready : conditions.getServing();
        boolean terminating = conditions != null && Boolean.TRUE.equals(conditions.getTerminating());
        var hints = endpoint.getHints();
        return new Endpoint(
                endpoint.getAddresses().getFirst(),
                port,
                nodeName.equals(endpoint.getNodeName()),
                ready,
                serving,
                terminating,
                hints == null
                        ? Set.of()
                        : hints.getForZones().stream().map(ForZone::getName).collect(Collectors.toSet()),
                hints == null
                        ? Set.of()
                        : hints.getForNodes().stream().map(ForNode::getName).collect(Collectors.toSet()));
    }
}
