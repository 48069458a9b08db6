package io.argosy.controllermanager.endpoints;

import io.argosy.controllermanager.endpointslice.ServicePods;
import io.argosy.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointAddressBuilder;
import io.fabric8.kubernetes.api.model.EndpointPort;
import io.fabric8.kubernetes.api.model.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** The subsets of an Endpoints object: addresses that serve the same ports stand together, in a fixed order. Pure. */
final class Subsets {

    /** How many addresses one object has at most. */
    static final int MOST = 1000;

    private static final Comparator<EndpointPort> PORTS = Comparator.comparing(
                    (EndpointPort port) -> port.getName() == null ? "" : port.getName())
            .thenComparing(EndpointPort::getPort)
            .thenComparing(port -> String.valueOf(port.getProtocol()));

    private record Place(EndpointAddress address, boolean ready) {}

    private Subsets() {}

    static List<EndpointSubset> of(Service service, List<Pod> pods) {
        Map<Place, List<EndpointPort>> served = new LinkedHashMap<>();
        boolean all = ServicePods.publishesNotReady(service);
        List<ServicePort> ports = service.getSpec().getPorts() == null
                ? List.of()
                : service.getSpec().getPorts();
        for (Pod pod : pods) {
            Optional<EndpointAddress> address = address(service, pod);
            if (address.isEmpty() || !counts(pod, all)) {
                continue;
            }
            boolean ready = all || Pods.isReady(pod);
            Place place = new Place(address.get(), ready);
            if (ports.isEmpty() && ServicePods.isHeadless(service)) {
                served.computeIfAbsent(place, key -> new ArrayList<>());
            }
            for (ServicePort port : ports) {
                OptionalInt number = ServicePods.target(port, pod);
                if (number.isPresent()) {
                    served.computeIfAbsent(place, key -> new ArrayList<>())
                            .add(new EndpointPortBuilder()
                                    .withName(
                                            port.getName() == null
                                                            || port.getName().isEmpty()
                                                    ? null
                                                    : port.getName())
                                    .withPort(number.getAsInt())
                                    .withProtocol(ServicePods.protocol(port))
                                    .withAppProtocol(port.getAppProtocol())
                                    .build());
                }
            }
        }
        return packed(served);
    }

    /** A pod that is not ready and will not be again does not count. */
    private static boolean counts(Pod pod, boolean withTerminating) {
        if (!ServicePods.counts(pod, withTerminating)) {
            return false;
        }
        String policy = pod.getSpec().getRestartPolicy();
        return switch (policy == null ? "Always" : policy) {
            case "Never" -> !Pods.isFinished(pod);
            case "OnFailure" -> !Pods.phase(pod).equals("Succeeded");
            default -> true;
        };
    }

    /** The same subsets in the fixed order, whoever wrote them. */
    static List<EndpointSubset> packed(List<EndpointSubset> subsets) {
        Map<Place, List<EndpointPort>> served = new LinkedHashMap<>();
        for (EndpointSubset subset : subsets) {
            List<EndpointPort> ports = subset.getPorts() == null ? List.of() : subset.getPorts();
            addresses(subset.getAddresses())
                    .forEach(address -> served.computeIfAbsent(new Place(address, true), key -> new ArrayList<>())
                            .addAll(ports));
            addresses(subset.getNotReadyAddresses())
                    .forEach(address -> served.computeIfAbsent(new Place(address, false), key -> new ArrayList<>())
                            .addAll(ports));
        }
        return packed(served);
    }

    private static List<EndpointAddress> addresses(List<EndpointAddress> addresses) {
        return addresses == null ? List.of() : addresses;
    }

    private static List<EndpointSubset> packed(Map<Place, List<EndpointPort>> served) {
        Map<String, EndpointSubset> byPorts = new TreeMap<>();
        served.forEach((place, ports) -> {
            List<EndpointPort> sorted = ports.stream().distinct().sorted(PORTS).toList();
            EndpointSubset subset = byPorts.computeIfAbsent(sorted.toString(), key -> {
                EndpointSubset made = new EndpointSubset();
                made.setAddresses(new ArrayList<>());
                made.setNotReadyAddresses(new ArrayList<>());
                made.setPorts(new ArrayList<>(sorted));
                return made;
            });
            (place.ready ? subset.getAddresses() : subset.getNotReadyAddresses()).add(place.address);
        });
        Comparator<EndpointAddress> order = Comparator.comparing(EndpointAddress::getIp)
                .thenComparing(address -> address.getTargetRef() == null
                        ? ""
                        : String.valueOf(address.getTargetRef().getUid()));
        byPorts.values().forEach(subset -> {
            subset.getAddresses().sort(order);
            subset.getNotReadyAddresses().sort(order);
        });
        return new ArrayList<>(byPorts.values());
    }

    /** Takes away what is too much, not ready addresses first; tells whether anything was. */
    static boolean truncate(List<EndpointSubset> subsets) {
        int left = MOST;
        boolean cut = false;
        for (EndpointSubset subset : subsets) {
            cut |= subset.getAddresses().size() > left;
            subset.setAddresses(new ArrayList<>(subset.getAddresses()
                    .subList(0, Math.min(left, subset.getAddresses().size()))));
            left -= subset.getAddresses().size();
        }
        for (EndpointSubset subset : subsets) {
            cut |= subset.getNotReadyAddresses().size() > left;
            subset.setNotReadyAddresses(new ArrayList<>(subset.getNotReadyAddresses()
                    .subList(0, Math.min(left, subset.getNotReadyAddresses().size()))));
            left -= subset.getNotReadyAddresses().size();
        }
        subsets.removeIf(subset ->
                subset.getAddresses().isEmpty() && subset.getNotReadyAddresses().isEmpty());
        return cut;
    }

    private static Optional<EndpointAddress> address(Service service, Pod pod) {
        return ServicePods.address(pod, isV6(service, pod)).map(ip -> {
            EndpointAddressBuilder address = new EndpointAddressBuilder()
                    .withIp(ip)
                    .withNewTargetRef()
                    .withKind("Pod")
                    .withNamespace(pod.getMetadata().getNamespace())
                    .withName(pod.getMetadata().getName())
                    .withUid(pod.getMetadata().getUid())
                    .endTargetRef();
            if (!Pods.node(pod).isEmpty()) {
                address.withNodeName(Pods.node(pod));
            }
            ServicePods.hostname(pod, service).ifPresent(address::withHostname);
            return address.build();
        });
    }

    private static boolean isV6(Service service, Pod pod) {
        List<String> families = service.getSpec().getIpFamilies();
        if (families != null && !families.isEmpty()) {
            return families.getFirst().equals("IPv6");
        }
        String address = ServicePods.isHeadless(service)
                ? pod.getStatus() == null ? null : pod.getStatus().getPodIP()
                : service.getSpec().getClusterIP();
        return address != null && address.indexOf(':') >= 0;
    }
}
