package io.argosy.apimodel.codec;

import io.argosy.apimodel.status.ApiException;
import java.util.Arrays;

/** A position in protobuf bytes that is set freely: one object for all messages, unlike {@link WireReader}. */
final class WireCursor {

    private final byte[] bytes;
    private int at;

    WireCursor(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes;
    }

    int position() {
        return at;
    }

    void at(int position) {
        at = position;
    }

    /** Field number and wire type in one, as they are written. */
    int tag(int end) {
        long tag = varint(end);
        if (tag >>> 3 == 0 || tag >>> 31 != 0) {
            throw ApiException.badRequest("proto: illegal tag " + (int) (tag >>> 3) + " (wire type " + (tag & 7) + ")");
        }
        return (int) tag;
    }

    long varint(int end) {
        if (at < end && bytes[at] >= 0) {
            return bytes[at++];
        }
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) {
                throw WireReader.truncated();
            }
            byte b = bytes[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw ApiException.badRequest("proto: integer overflow");
    }

    long fixed64(int end) {
        if (end - at < 8) {
            throw WireReader.truncated();
        }
        long value = 0;
        for (int i = 7; i >= 0; i--) {
            value = (value << 8) | (bytes[at + i] & 0xff);
        }
        at += 8;
        return value;
    }

    void expect(int tag, int wireType) {
        if ((tag & 7) != wireType) {
            throw ApiException.badRequest("proto: wrong wireType = " + (tag & 7) + " for field " + (tag >>> 3));
        }
    }

    /** The length of the value at hand, checked to lie before {@code end}; the position is at its first byte. */
    int length(int end, int tag) {
        expect(tag, WireReader.LENGTH);
        long length = varint(end);
        if (length < 0 || length > end - at) {
            throw WireReader.truncated();
        }
        return (int) length;
    }

    void skip(int tag, int end) {
        switch (tag & 7) {
            case WireReader.VARINT -> varint(end);
            case WireReader.LENGTH -> {
                int length = length(end, tag);
                at += length;
            }
            default -> {
                WireReader rest = new WireReader(bytes, at, end);
                rest.skip(tag & 7);
                at = rest.position();
            }
        }
    }

    /** Whether one string sorts before another, both UTF-8. */
    boolean ascending(int from, int to, int otherFrom, int otherTo) {
        return Arrays.compareUnsigned(bytes, from, to, bytes, otherFrom, otherTo) < 0;
    }
}
