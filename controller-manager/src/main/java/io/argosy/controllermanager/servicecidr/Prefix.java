package io.argosy.controllermanager.servicecidr;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A range of addresses.
 *
 * @param bits of an address: 32 or 128
 * @param length of the network's part
 */
record Prefix(BigInteger network, int length, int bits) {

    /** Empty when the text is none. */
    static Optional<Prefix> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        try {
            byte[] address = InetAddress.ofLiteral(text.substring(0, slash)).getAddress();
            int length = Integer.parseInt(text.substring(slash + 1));
            int bits = address.length * 8;
            if (length < 0 || length > bits) {
                return Optional.empty();
            }
            BigInteger network = new BigInteger(1, address).shiftRight(bits - length);
            return Optional.of(new Prefix(network, length, bits));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Of one address; empty when the text is none. */
    static Optional<Prefix> ofAddress(String address) {
        return parse(address + (address.indexOf(':') >= 0 ? "/128" : "/32"));
    }

    /** Whether the other is all within this one. */
    boolean contains(Prefix other) {
        return bits == other.bits
                && length <= other.length
                && other.network.shiftRight(other.length - length).equals(network);
    }

    boolean overlaps(Prefix other) {
        return contains(other) || other.contains(this);
    }
}
