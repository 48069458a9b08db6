package io.argosy.apiserver.table;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Services, endpoints and endpoint slices. */
final class ServiceCells {

    private static final String NONE = "<none>";

    private ServiceCells() {}

    static Map<String, CellFunction> functions() {
        return Map.of(
                "service.clusterIP", CellFunction.text(ServiceCells::clusterIp),
                "service.externalIP", CellFunction.text(ServiceCells::externalIp),
                "service.ports", CellFunction.text(ServiceCells::ports),
                "endpoints", CellFunction.text(ServiceCells::endpoints),
                "slice.ports", CellFunction.text(ServiceCells::slicePorts),
                "slice.endpoints", CellFunction.text(ServiceCells::sliceEndpoints));
    }

    private static String clusterIp(ObjectValue service) {
        return service.array("spec", "clusterIPs").stream()
                .flatMap(ArrayValue::strings)
                .findFirst()
                .orElse(NONE);
    }

    private static String externalIp(ObjectValue service) {
        List<String> given = service.array("spec", "externalIPs").stream()
                .flatMap(ArrayValue::strings)
                .toList();
        return switch (service.string("spec", "type").orElse("")) {
            case "ClusterIP", "NodePort" -> given.isEmpty() ? NONE : String.join(",", given);
            case "LoadBalancer" -> {
                List<String> all = new ArrayList<>(balancers(service));
                all.addAll(given);
                yield all.isEmpty() ? "<pending>" : String.join(",", all);
            }
            case "ExternalName" -> service.string("spec", "externalName").orElse("");
            default -> "<unknown>";
        };
    }

    /** The addresses at which load balancers listen for an object, sorted. */
    static Set<String> balancers(ObjectValue object) {
        return object.array("status", "loadBalancer", "ingress").stream()
                .flatMap(ArrayValue::objects)
                .map(ingress -> ingress.string("ip")
                        .filter(ip -> !ip.isEmpty())
                        .or(() -> ingress.string("hostname"))
                        .orElse(""))
                .filter(address -> !address.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String ports(ObjectValue service) {
        String ports = service.array("spec", "ports").stream()
                .flatMap(ArrayValue::objects)
                .map(ServiceCells::port)
                .collect(Collectors.joining(","));
        return ports.isEmpty() ? NONE : ports;
    }

    private static String port(ObjectValue port) {
        long nodePort = port.integer("nodePort").orElse(0L);
        return port.integer("port").orElse(0L)
                + (nodePort > 0 ? ":" + nodePort : "")
                + "/"
                + port.string("protocol").orElse("");
    }

    private static String endpoints(ObjectValue endpoints) {
        List<ObjectValue> subsets =
                endpoints.array("subsets").stream().flatMap(ArrayValue::objects).toList();
        List<String> all = new ArrayList<>();
        for (ObjectValue subset : subsets) {
            List<String> addresses = subset.array("addresses").stream()
                    .flatMap(ArrayValue::objects)
                    .map(address -> address.string("ip").orElse(""))
                    .toList();
            List<ObjectValue> ports =
                    subset.array("ports").stream().flatMap(ArrayValue::objects).toList();
            if (ports.isEmpty()) {
                all.addAll(addresses);
            }
            for (ObjectValue port : ports) {
                long number = port.integer("port").orElse(0L);
                addresses.forEach(address -> all.add(withPort(address, number)));
            }
        }
        return subsets.isEmpty() ? NONE : Shortened.list(all, "");
    }

    private static String withPort(String address, long port) {
        return address.contains(":") ? "[" + address + "]:" + port : address + ":" + port;
    }

    private static String slicePorts(ObjectValue slice) {
        List<String> ports = slice.array("ports").stream()
                .flatMap(ArrayValue::objects)
                .map(port -> port.integer("port")
                        .map(number -> Long.toString(number))
                        .or(() -> port.string("name"))
                        .orElse("*"))
                .toList();
        return Shortened.list(ports, "<unset>");
    }

    private static String sliceEndpoints(ObjectValue slice) {
        List<String> addresses = slice.array("endpoints").stream()
                .flatMap(ArrayValue::objects)
                .flatMap(endpoint -> endpoint.array("addresses").stream())
                .flatMap(ArrayValue::strings)
                .toList();
        return Shortened.list(addresses, "<unset>");
    }
}
