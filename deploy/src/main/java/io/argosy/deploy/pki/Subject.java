package io.argosy.deploy.pki;

import java.util.List;

/**
 * Who a certificate speaks for.
 *
 * @param commonName the user
 * @param organizations the user's groups
 * @param dnsNames and {@code addresses}: where a server with this certificate may be reached
 * @param server may be shown by servers
 * @param client may be shown by clients
 */
public record Subject(
        String commonName,
        List<String> organizations,
        List<String> dnsNames,
        List<String> addresses,
        boolean server,
        boolean client) {

    public Subject {
        organizations = List.copyOf(organizations);
        dnsNames = List.copyOf(dnsNames);
        addresses = List.copyOf(addresses);
    }

    public static Subject client(String user, String... groups) {
        return new Subject(user, List.of(groups), List.of(), List.of(), false, true);
    }

    public static Subject server(String name, List<String> dnsNames, List<String> addresses) {
        return new Subject(name, List.of(), dnsNames, addresses, true, false);
    }

    /** For peers that are server and client to each other, as etcd members are. */
    public static Subject peer(String name, List<String> dnsNames, List<String> addresses) {
        return new Subject(name, List.of(), dnsNames, addresses, true, true);
    }
}
