package io.argosy.apiserver.registry.core;

import io.argosy.apiserver.registry.check.Spot;
import java.net.InetAddress;
import java.util.Optional;

/** Rules of IP addresses. */
public final class AddressRules {

    private AddressRules() {}

    /** An IP address; whether it is one. */
    public static boolean address(Spot address) {
        if (parse(address.text()).isEmpty()) {
            address.invalid("must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
            return false;
        }
        return true;
    }

    /** The address that a text is; leading zeros are taken as decimals. */
    public static Optional<InetAddress> parse(String text) {
        try {
            if (text.indexOf(':') >= 0) {
                return text.indexOf('%') >= 0 || text.indexOf('[') >= 0
                        ? Optional.empty()
                        : Optional.of(InetAddress.ofLiteral(text));
            }
            String[] parts = text.split("\\.", -1);
            if (parts.length != 4) {
                return Optional.empty();
            }
            byte[] bytes = new byte[4];
            for (int i = 0; i < 4; i++) {
                if (!parts[i].matches("[0-9]{1,3}") || Integer.parseInt(parts[i]) > 255) {
                    return Optional.empty();
                }
                bytes[i] = (byte) Integer.parseInt(parts[i]);
            }
            return Optional.of(InetAddress.getByAddress(bytes));
        } catch (IllegalArgumentException | java.net.UnknownHostException _) {
            return Optional.empty();
        }
    }

    /** An address that an endpoint may have: no loopback, no link-local. */
    public static void endpoint(Spot place) {
        Optional<InetAddress> found = parse(place.text());
        if (found.isEmpty()) {
            place.invalid("must be a valid IP address");
            return;
        }
        InetAddress address = found.get();
        if (address.isAnyLocalAddress()) {
            place.invalid("may not be unspecified (" + place.text() + ")");
        }
        if (address.isLoopbackAddress()) {
            place.invalid("may not be in the loopback range (127.0.0.0/8, ::1/128)");
        }
        if (address.isLinkLocalAddress()) {
            place.invalid("may not be in the link-local range (169.254.0.0/16, fe80::/10)");
        }
        boolean multicast = address.isMulticastAddress()
                && (address.getAddress().length == 4
                        ? address.getHostAddress().startsWith("224.0.0.")
                        : (address.getAddress()[1] & 0x0f) == 2);
        if (multicast) {
            place.invalid("may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
        }
    }

    /** {@code 10.0.0.0/8}. */
    public static void cidr(Spot place) {
        int slash = place.text().indexOf('/');
        Optional<InetAddress> base =
                slash < 0 ? Optional.empty() : parse(place.text().substring(0, slash));
        String bits = slash < 0 ? "" : place.text().substring(slash + 1);
        boolean valid = base.isPresent()
                && bits.matches("[0-9]{1,3}")
                && Integer.parseInt(bits) <= base.get().getAddress().length * 8;
        if (!valid) {
            place.invalid("must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
        }
    }
}
