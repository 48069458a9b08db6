package io.argosy.scheduler.columns;

/** A port of a node that a pod takes. */
public record HostPort(String address, String protocol, int port) {

    private static final String ANY = "0.0.0.0";

    public HostPort {
        address = address.isEmpty() ? ANY : address;
        protocol = protocol.isEmpty() ? "TCP" : protocol;
    }

    /** Whether one node cannot give both. */
    public boolean conflictsWith(HostPort other) {
        return port == other.port
                && protocol.equals(other.protocol)
                && (address.equals(other.address) || address.equals(ANY) || other.address.equals(ANY));
    }
}
