package io.argosy.apiserver.bootstrap;

import static io.argosy.apiserver.bootstrap.ObjectTrees.array;
import static io.argosy.apiserver.bootstrap.ObjectTrees.list;
import static io.argosy.apiserver.bootstrap.ObjectTrees.object;
import static io.argosy.apiserver.bootstrap.ObjectTrees.strings;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import io.argosy.apiserver.registry.lifecycle.Trees;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The Service {@code kubernetes} in {@code default}, through which pods reach the apiservers, and its endpoints. */
public final class KubernetesService {

    private static final String NAMESPACE = "default";
    private static final String NAME = "kubernetes";

    private final ClusterObjects objects;
    private final String clusterIp;
    private final int port;

    /**
     * @param clusterIp the first address of the service range
     * @param port on which the apiservers listen
     */
    public KubernetesService(ClusterObjects objects, String clusterIp, int port) {
        this.objects = objects;
        this.clusterIp = clusterIp;
        this.port = port;
    }

    /** Makes the Service and the record of its address, once. */
    public void ensureService() {
        ensure(Resources.IP_ADDRESSES, ipAddress(), UnaryOperator.identity());
        ensure(Resources.SERVICES, service(), current -> {
            Trees.keep(current.objectOrNew("spec"), service().object("spec").orElseThrow(), "ports");
            return current;
        });
    }

    /** Makes endpoints of these addresses, sorted. */
    public void publish(List<String> addresses) {
        List<String> sorted = addresses.stream().sorted().toList();
        ObjectValue endpoints = endpoints(sorted);
        ensure(Resources.ENDPOINTS, endpoints, current -> {
            Trees.keep(current, endpoints, "subsets");
            return current;
        });
        ObjectValue slice = slice(sorted);
        ensure(Resources.ENDPOINT_SLICES, slice, current -> {
            boolean changed = !Trees.same(current.at("endpoints"), slice.at("endpoints"))
                    || !Trees.same(current.at("ports"), slice.at("ports"));
            if (changed) {
                Trees.keep(current, slice, "endpoints");
                Trees.keep(current, slice, "ports");
                ObjectValue metadata = current.objectOrNew("metadata");
                metadata.put("generation", metadata.integer("generation").orElse(0L) + 1);
            }
            return current;
        });
    }

    private void ensure(GroupResource resource, ObjectValue wanted, UnaryOperator<ObjectValue> change) {
        String namespace = wanted.string("metadata", "namespace").orElse("");
        String name = wanted.string("metadata", "name").orElseThrow();
        Optional<ObjectValue> existing = objects.findLatest(resource, namespace, name);
        try {
            if (existing.isEmpty()) {
                objects.create(resource, wanted);
                return;
            }
        } catch (ApiException e) {
            if (!e.reason().equals("AlreadyExists")) {
                throw e;
            }
        }
        objects.update(resource, namespace, name, change);
    }

    private boolean six() {
        return clusterIp.indexOf(':') >= 0;
    }

    private String family() {
        return six() ? "IPv6" : "IPv4";
    }

    private ObjectValue ipAddress() {
        ObjectValue address = object("networking.k8s.io/v1", "IPAddress", "", clusterIp);
        address.objectOrNew("metadata")
                .put(
                        "labels",
                        strings(
                                "ipaddress.kubernetes.io/ip-family",
                                family(),
                                "ipaddress.kubernetes.io/managed-by",
                                "ipallocator.k8s.io"));
        ObjectValue parent = strings("resource", "services", "namespace", NAMESPACE, "name", NAME);
        return address.put("spec", new ObjectValue().put("parentRef", parent));
    }

    private ObjectValue service() {
        ObjectValue service = object("v1", "Service", NAMESPACE, NAME);
        service.objectOrNew("metadata").put("labels", strings("component", "apiserver", "provider", "kubernetes"));
        ObjectValue https =
                strings("name", "https", "protocol", "TCP").put("port", 443).put("targetPort", port);
        return service.put(
                        "spec",
                        new ObjectValue()
                                .put("ports", array(https))
                                .put("clusterIP", clusterIp)
                                .put("clusterIPs", list(clusterIp))
                                .put("type", "ClusterIP")
                                .put("sessionAffinity", "None")
                                .put("ipFamilies", list(family()))
                                .put("ipFamilyPolicy", "SingleStack")
                                .put("internalTrafficPolicy", "Cluster"))
                .put("status", new ObjectValue().put("loadBalancer", new ObjectValue()));
    }

    private ObjectValue portOf() {
        return strings("name", "https").put("port", port).put("protocol", "TCP");
    }

    private ObjectValue endpoints(List<String> addresses) {
        ObjectValue endpoints = object("v1", "Endpoints", NAMESPACE, NAME);
        endpoints.objectOrNew("metadata").put("labels", strings("endpointslice.kubernetes.io/skip-mirror", "true"));
        ArrayValue ips = new ArrayValue();
        addresses.forEach(address -> ips.add(strings("ip", address)));
        if (!addresses.isEmpty()) {
            endpoints.put(
                    "subsets", array(new ObjectValue().put("addresses", ips).put("ports", array(portOf()))));
        }
        return endpoints;
    }

    private ObjectValue slice(List<String> addresses) {
        ObjectValue slice = object("discovery.k8s.io/v1", "EndpointSlice", NAMESPACE, NAME);
        slice.objectOrNew("metadata")
                .put("labels", strings("kubernetes.io/service-name", NAME))
                .put("generation", 1);
        ArrayValue endpoints = new ArrayValue();
        addresses.forEach(address -> endpoints.add(new ObjectValue()
                .put("addresses", list(address))
                .put("conditions", new ObjectValue().put("ready", true))));
        boolean sixes = !addresses.isEmpty() && addresses.getFirst().indexOf(':') >= 0;
        return slice.put("addressType", sixes ? "IPv6" : "IPv4")
                .put("endpoints", endpoints)
                .put("ports", array(portOf()));
    }
}
