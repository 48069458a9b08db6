package io.argosy.controllermanager.node;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.BitSet;
import java.util.Optional;

/** Equal ranges cut out of one; at most {@link #MOST} of them. Not thread-safe. */
final class CidrPool {

    private static final int MOST = 1 << 16;

    private final BigInteger base;
    private final int bits;
    private final int mask;
    private final int count;
    private final BitSet used = new BitSet();

    /**
     * @param range for example {@code 10.244.0.0/16}
     * @param mask of the ranges that are cut out
     */
    CidrPool(String range, int mask) {
        byte[] address = address(range);
        int outer = prefix(range);
        this.bits = address.length * 8;
        this.mask = mask;
        if (mask < outer || mask > bits || mask - outer > 16) {
            throw new IllegalArgumentException("mask size " + mask + " does not fit range " + range);
        }
        this.base = new BigInteger(1, address).shiftRight(bits - outer).shiftLeft(bits - outer);
        this.count = Math.min(MOST, 1 << (mask - outer));
    }

    boolean isV6() {
        return bits == 128;
    }

    /** The next free range; empty when none is left. */
    Optional<String> take() {
        int index = used.nextClearBit(0);
        if (index >= count) {
            return Optional.empty();
        }
        used.set(index);
        return Optional.of(text(index));
    }

    /** Marks every cut-out range that a range touches as used; ranges of elsewhere do nothing. */
    void occupy(String range) {
        mark(range, true);
    }

    void release(String range) {
        mark(range, false);
    }

    private void mark(String range, boolean value) {
        byte[] address = address(range);
        if (address.length * 8 != bits) {
            return;
        }
        BigInteger first = new BigInteger(1, address);
        BigInteger last =
                first.add(BigInteger.ONE.shiftLeft(bits - prefix(range))).subtract(BigInteger.ONE);
        BigInteger from = first.subtract(base).shiftRight(bits - mask);
        BigInteger to = last.subtract(base).shiftRight(bits - mask);
        if (to.signum() < 0 || from.compareTo(BigInteger.valueOf(count)) >= 0) {
            return;
        }
        int begin = from.signum() < 0 ? 0 : from.intValue();
        int end = to.min(BigInteger.valueOf(count - 1)).intValue();
        used.set(begin, end + 1, value);
    }

    private String text(int index) {
        byte[] raw = base.add(BigInteger.valueOf(index).shiftLeft(bits - mask)).toByteArray();
        byte[] address = new byte[bits / 8];
        int length = Math.min(raw.length, address.length);
        System.arraycopy(raw, raw.length - length, address, address.length - length, length);
        try {
            return Addresses.text(InetAddress.getByAddress(address)) + "/" + mask;
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] address(String range) {
        return Addresses.parse(range.substring(0, Math.max(0, range.indexOf('/'))));
    }

    private static int prefix(String range) {
        return Integer.parseInt(range.substring(range.indexOf('/') + 1));
    }
}
