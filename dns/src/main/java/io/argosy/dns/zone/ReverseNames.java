package io.argosy.dns.zone;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.Address;
import org.xbill.DNS.Name;
import org.xbill.DNS.ReverseMap;

/** Addresses that are written in names. */
final class ReverseNames {

    private static final Name IPV4 = Name.fromConstantString("in-addr.arpa.");
    private static final Name IPV6 = Name.fromConstantString("ip6.arpa.");

    private ReverseNames() {}

    /** The address of a whole reverse name: {@code 1.0.96.10.in-addr.arpa}. */
    static Optional<InetAddress> address(Name name) {
        boolean whole = (name.subdomain(IPV4) && name.labels() == 7) || (name.subdomain(IPV6) && name.labels() == 35);
        if (!whole) {
            return Optional.empty();
        }
        try {
            return Optional.of(ReverseMap.fromName(name));
        } catch (java.net.UnknownHostException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@code 10-244-0-5} or {@code fd00--5}. */
    static Optional<InetAddress> addressOfPodLabel(String label) {
        byte[] bytes = Address.toByteArray(label.replace('-', '.'), Address.IPv4);
        if (bytes == null) {
            bytes = Address.toByteArray(label.toLowerCase(Locale.ROOT).replace('-', ':'), Address.IPv6);
        }
        try {
            return bytes == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
        } catch (java.net.UnknownHostException e) {
            return Optional.empty();
        }
    }
}
