package io.argosy.apiserver.registry.service;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * A range of addresses in CIDR form, whose first address, and in IPv4 the last, belong to nobody.
 *
 * @param base the first address as a number
 * @param prefix how many leading bits all addresses share
 */
public record AddressRange(Family family, BigInteger base, int prefix) {

    /** @throws IllegalArgumentException when the text is no CIDR */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = slash < 0 ? Optional.empty() : address(text.substring(0, slash));
        if (address.isEmpty()) {
            throw new IllegalArgumentException("invalid CIDR address: " + text);
        }
        Family family = Family.of(address.get());
        int prefix = Integer.parseInt(text.substring(slash + 1));
        int bits = bits(family);
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("invalid CIDR address: " + text);
        }
        BigInteger number = number(address.get());
        BigInteger mask = BigInteger.ONE.shiftLeft(bits - prefix).subtract(BigInteger.ONE);
        return new AddressRange(family, number.andNot(mask), prefix);
    }

    /** Reads an address without asking any name service. */
    public static Optional<InetAddress> address(String text) {
        boolean six = text.indexOf(':') >= 0;
        if (text.isEmpty() || !(six ? text.matches("[0-9a-fA-F:.]+") : text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    private static int bits(Family family) {
        return family == Family.IPV4 ? 32 : 128;
    }

    boolean contains(InetAddress address) {
        return Family.of(address) == family
                && number(address).shiftRight(bits(family) - prefix).equals(base.shiftRight(bits(family) - prefix));
    }

    /** How many addresses may be given away; at most {@code Long.MAX_VALUE}. */
    long size() {
        int hostBits = bits(family) - prefix;
        if (hostBits > 62) {
            return Long.MAX_VALUE;
        }
        long all = 1L << hostBits;
        long reserved = family == Family.IPV4 ? 2 : 1;
        return Math.max(0, all - reserved);
    }

    /** Whether an address of the range may be given away. */
    boolean assignable(InetAddress address) {
        if (!contains(address)) {
            return false;
        }
        BigInteger offset = number(address).subtract(base);
        return offset.signum() > 0 && offset.compareTo(BigInteger.valueOf(size())) <= 0;
    }

    /** The address at an offset from the first assignable one. */
    public InetAddress at(long offset) {
        byte[] bytes = base.add(BigInteger.valueOf(offset + 1)).toByteArray();
        byte[] address = new byte[bits(family) / 8];
        int length = Math.min(bytes.length, address.length);
        System.arraycopy(bytes, bytes.length - length, address, address.length - length, length);
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many addresses at the start are left to those who ask for one by name, where there is a choice. */
    long reservedForStatic() {
        long size = size();
        if (size < 16) {
            return 0;
        }
        return Math.min(Math.max(16, size / 16), 256);
    }

    @Override
    public String toString() {
        byte[] unassigned = new byte[bits(family) / 8];
        byte[] bytes = base.toByteArray();
        int length = Math.min(bytes.length, unassigned.length);
        System.arraycopy(bytes, bytes.length - length, unassigned, unassigned.length - length, length);
        try {
            return Addresses.text(InetAddress.getByAddress(unassigned)) + "/" + prefix;
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
