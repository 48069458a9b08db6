package io.argosy.apiserver.stream;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.objects.ClusterObjects;
import java.util.List;
import java.util.Optional;

/** Where a node's kubelet is: the address and port that its Node object tells, by preference of address types. */
public final class KubeletAccess {

    private static final GroupResource NODES = new GroupResource("", "nodes");

    private final ClusterObjects objects;
    private final List<String> addressTypes;
    private final int defaultPort;
    private final BackendTls tls;

    /**
     * @param addressTypes {@code --kubelet-preferred-address-types}
     * @param defaultPort of nodes that tell none
     * @param tls how this server shows itself to kubelets, and whom it trusts
     */
    public KubeletAccess(ClusterObjects objects, List<String> addressTypes, int defaultPort, BackendTls tls) {
        this.objects = objects;
        this.addressTypes = List.copyOf(addressTypes);
        this.defaultPort = defaultPort;
        this.tls = tls;
    }

    /** The backend for a path of a node's kubelet. */
    Backend at(String nodeName, String path, String query) {
        ObjectValue node = objects.find(NODES, "", nodeName).orElseThrow(() -> ApiException.notFound(NODES, nodeName));
        String host = address(node)
                .orElseThrow(() -> ApiException.internal("no preferred addresses found; known addresses: "
                        + node.array("status", "addresses")
                                .map(Object::toString)
                                .orElse("[]")));
        int port = node.integer("status", "daemonEndpoints", "kubeletEndpoint", "Port")
                .filter(told -> told > 0)
                .map(Long::intValue)
                .orElse(defaultPort);
        return new Backend(host, port, path, query, Optional.of(tls.context()), tls.verifies());
    }

    private Optional<String> address(ObjectValue node) {
        for (String type : addressTypes) {
            Optional<String> found = node.array("status", "addresses").stream()
                    .flatMap(addresses -> addresses.objects())
                    .filter(address -> address.string("type").orElse("").equals(type))
                    .flatMap(address -> address.string("address").stream())
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
