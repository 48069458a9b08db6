package io.argosy.kubeproxy.model;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the proxy knows of its node.
 *
 * @param addresses the node's primary addresses, at most one a family
 * @param podRanges the ranges of its pods; none until somebody allocated them
 * @param zone empty when the node is in none
 */
public record NodeView(List<String> addresses, List<String> podRanges, String zone) {

    private static final String ZONE_LABEL = "topology.kubernetes.io/zone";

    public NodeView {
        addresses = List.copyOf(addresses);
        podRanges = List.copyOf(podRanges);
    }

    /**
     * What a Node object says.
     *
     * @param bindAddress this node's address whatever the object says, unless it is unspecified
     */
    public static NodeView of(Optional<Node> node, String bindAddress) {
        List<String> candidates = new ArrayList<>();
        if (!bindAddress.equals("0.0.0.0") && !bindAddress.equals("::")) {
            candidates.add(bindAddress);
        }
        for (String type : List.of("InternalIP", "ExternalIP")) {
            node.map(Node::getStatus).map(status -> status.getAddresses()).orElse(List.of()).stream()
                    .filter(address -> type.equals(address.getType()))
                    .map(NodeAddress::getAddress)
                    .forEach(candidates::add);
        }
        List<String> addresses = new ArrayList<>();
        for (IpFamily family : IpFamily.values()) {
            candidates.stream().filter(family::has).findFirst().ifPresent(addresses::add);
        }
        return new NodeView(
                addresses,
                node.map(Node::getSpec).map(spec -> spec.getPodCIDRs()).orElse(List.of()),
                node.map(each -> each.getMetadata().getLabels())
                        .map((Map<String, String> labels) -> labels.get(ZONE_LABEL))
                        .orElse(""));
    }

    /** The ranges that hold the node's primary addresses alone, but none of loopback. */
    public List<String> primaryRanges() {
        return addresses.stream()
                .filter(address -> !address.startsWith("127.") && !address.equals("::1"))
                .map(address -> address + (IpFamily.IPV4.has(address) ? "/32" : "/128"))
                .toList();
    }
}
