package io.argosy.kubeproxy.model;

import java.util.Set;

/**
 * Where a Service's packets may go.
 *
 * @param local on this node
 * @param serving still answers, whether or not it is being ended
 * @param zoneHints zones whose clients should use it; empty for all
 * @param nodeHints nodes whose clients should use it; empty for all
 */
public record Endpoint(
        String address,
        int port,
        boolean local,
        boolean ready,
        boolean serving,
        boolean terminating,
        Set<String> zoneHints,
        Set<String> nodeHints)
        implements Comparable<Endpoint> {

    public Endpoint {
        zoneHints = Set.copyOf(zoneHints);
        nodeHints = Set.copyOf(nodeHints);
    }

    @Override
    public int compareTo(Endpoint other) {
        int byAddress = address.compareTo(other.address);
        return byAddress != 0 ? byAddress : Integer.compare(port, other.port);
    }

    /** {@code address . port} as nftables writes a pair. */
    public String pair() {
        return address + " . " + port;
    }
}
