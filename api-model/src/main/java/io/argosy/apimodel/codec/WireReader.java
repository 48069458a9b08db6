package io.argosy.apimodel.codec;

import io.argosy.apimodel.status.ApiException;

/**
 * Walks over the fields of one protobuf message. Whatever is not protobuf ends in an {@link ApiException} of 400;
 * unknown groups are skipped without recursion.
 */
final class WireReader {

    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH = 2;
    static final int GROUP_START = 3;
    static final int GROUP_END = 4;
    static final int FIXED32 = 5;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int number;
    private int type;

    WireReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    static ApiException truncated() {
        return ApiException.badRequest("unexpected EOF");
    }

    /** Reads the tag of the next field; false at the end of the message. */
    boolean next() {
        if (at >= end) {
            return false;
        }
        long tag = varint();
        number = (int) (tag >>> 3);
        type = (int) tag & 7;
        if (number <= 0 || tag >>> 35 != 0) {
            throw ApiException.badRequest("proto: illegal tag " + number + " (wire type " + type + ")");
        }
        return true;
    }

    int number() {
        return number;
    }

    int type() {
        return type;
    }

    int position() {
        return at;
    }

    int end() {
        return end;
    }

    byte[] bytes() {
        return bytes;
    }

    void expect(int wireType) {
        if (type != wireType) {
            throw ApiException.badRequest("proto: wrong wireType = " + type + " for field " + number);
        }
    }

    long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) {
                throw truncated();
            }
            byte b = bytes[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw ApiException.badRequest("proto: integer overflow");
    }

    long fixed64() {
        if (end - at < 8) {
            throw truncated();
        }
        long value = 0;
        for (int i = 7; i >= 0; i--) {
            value = value << 8 | bytes[at + i] & 0xff;
        }
        at += 8;
        return value;
    }

    /** The length of the value at hand, checked to lie within the message; the position is at its first byte. */
    int length() {
        expect(LENGTH);
        long length = varint();
        if (length < 0) {
            throw ApiException.badRequest("proto: negative length found during unmarshaling");
        }
        if (length > end - at) {
            throw truncated();
        }
        return (int) length;
    }

    void advance(int length) {
        at += length;
    }

    String string() {
        int length = length();
        String text = Utf8.decode(bytes, at, at + length);
        at += length;
        return text;
    }

    WireReader message() {
        int length = length();
        WireReader inner = new WireReader(bytes, at, at + length);
        at += length;
        return inner;
    }

    /** As {@link #skip()}, of a value whose tag was read elsewhere. */
    void skip(int wireType) {
        type = wireType;
        skip();
    }

    /** Skips the value at hand, a whole group included. */
    void skip() {
        int depth = 0;
        do {
            switch (type) {
                case VARINT -> varint();
                case FIXED64 -> skipFixed(8);
                case FIXED32 -> skipFixed(4);
                case LENGTH -> {
                    int length = length();
                    at += length;
                }
                case GROUP_START -> depth++;
                case GROUP_END -> {
                    if (--depth < 0) {
                        throw ApiException.badRequest("proto: unexpected end of group");
                    }
                }
                default -> throw ApiException.badRequest("proto: illegal wireType " + type);
            }
            if (depth > 0 && !next()) {
                throw truncated();
            }
        } while (depth > 0);
    }

    private void skipFixed(int length) {
        if (end - at < length) {
            throw truncated();
        }
        at += length;
    }
}
