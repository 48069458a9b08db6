package io.argosy.apiserver.cel.library;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * An IP address, without a zone. An IPv4 address in IPv6 form is none.
 *
 * @param bits 32 or 128
 */
record Address(BigInteger value, int bits) {

    static Optional<Address> parse(String text) {
        return text.indexOf(':') >= 0 ? six(text) : four(text);
    }

    private static Optional<Address> four(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        long value = 0;
        for (String part : parts) {
            boolean wellFormed = !part.isEmpty()
                    && part.length() <= 3
                    && part.chars().allMatch(c -> c >= '0' && c <= '9')
                    && (part.length() == 1 || part.charAt(0) != '0');
            if (!wellFormed || Integer.parseInt(part) > 255) {
                return Optional.empty();
            }
            value = value << 8 | Integer.parseInt(part);
        }
        return Optional.of(new Address(BigInteger.valueOf(value), 32));
    }

    /** A literal with a colon is never looked up. */
    private static Optional<Address> six(String text) {
        if (!text.chars().allMatch(c -> c == ':' || c == '.' || Character.digit(c, 16) >= 0)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = InetAddress.getByName(text).getAddress();
            return bytes.length == 16 ? Optional.of(new Address(new BigInteger(1, bytes), 128)) : Optional.empty();
        } catch (UnknownHostException _) {
            return Optional.empty();
        }
    }

    int family() {
        return bits == 32 ? 4 : 6;
    }

    /** The leading bits; the others are zero. */
    Address masked(int length) {
        int tail = bits - length;
        return new Address(value.shiftRight(tail).shiftLeft(tail), bits);
    }

    private boolean under(String network, int length) {
        return parse(network)
                .map(base -> base.bits == bits && masked(length).equals(base))
                .orElse(false);
    }

    boolean isUnspecified() {
        return value.signum() == 0;
    }

    boolean isLoopback() {
        return under("127.0.0.0", 8) || under("::1", 128);
    }

    boolean isLinkLocalMulticast() {
        return under("224.0.0.0", 24) || (bits == 128 && first16() >> 8 == 0xff && (first16() & 0xf) == 2);
    }

    boolean isLinkLocalUnicast() {
        return under("169.254.0.0", 16) || under("fe80::", 10);
    }

    private boolean isMulticast() {
        return under("224.0.0.0", 4) || under("ff00::", 8);
    }

    private int first16() {
        return value.shiftRight(112).intValue();
    }

    boolean isGlobalUnicast() {
        boolean broadcast = bits == 32 && value.longValue() == 0xffffffffL;
        return !broadcast && !isUnspecified() && !isLoopback() && !isMulticast() && !isLinkLocalUnicast();
    }

    /** As RFC 5952 writes it. */
    @Override
    public String toString() {
        if (bits == 32) {
            long all = value.longValue();
            return (all >> 24) + "." + (all >> 16 & 255) + "." + (all >> 8 & 255) + "." + (all & 255);
        }
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = value.shiftRight(112 - 16 * i).intValue() & 0xffff;
        }
        int from = -1;
        int longest = 1;
        for (int i = 0; i < 8; i++) {
            int length = 0;
            while (i + length < 8 && groups[i + length] == 0) {
                length++;
            }
            if (length > longest) {
                from = i;
                longest = length;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == from) {
                text.append("::");
                i += longest - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
