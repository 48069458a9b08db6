package io.argosy.apiserver.cache;

import java.nio.charset.StandardCharsets;

/**
 * Puts a resourceVersion into the bytes of an object's message, without decoding them. In every type the metadata is
 * field 1, and in it the resourceVersion is field 6.
 */
final class ProtobufSplice {

    private static final int METADATA = 1 << 3 | 2;
    private static final int RESOURCE_VERSION = 6 << 3 | 2;
    private static final int RESOURCE_VERSION_FIELD = 6;
    private static final int ITEM = 2 << 3 | 2;

    private final byte[] bytes;
    private int at;

    private ProtobufSplice(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    /** Where the message of an item begins. */
    static int messageStart(byte[] item) {
        ProtobufSplice reader = new ProtobufSplice(item, 1);
        reader.varint();
        return reader.at;
    }

    /** A message as an item of a list, with a resourceVersion in place of the one it has. */
    static byte[] item(byte[] source, int from, int to, long revision) {
        ProtobufSplice reader = new ProtobufSplice(source, from);
        int metadataTag = to;
        int metadataStart = to;
        int metadataEnd = to;
        while (reader.at < to) {
            int start = reader.at;
            int tag = (int) reader.varint();
            if (tag == METADATA) {
                int length = reader.length(to);
                metadataTag = start;
                metadataStart = reader.at;
                metadataEnd = reader.at + length;
                break;
            }
            reader.skip(tag, to);
        }
        int cutStart = metadataEnd;
        int cutEnd = metadataEnd;
        reader.at = metadataStart;
        while (reader.at < metadataEnd) {
            int start = reader.at;
            int tag = (int) reader.varint();
            reader.skip(tag, metadataEnd);
            int number = tag >>> 3;
            if (number >= RESOURCE_VERSION_FIELD) {
                cutStart = start;
                cutEnd = number == RESOURCE_VERSION_FIELD ? reader.at : start;
                break;
            }
        }
        byte[] version = Long.toString(revision).getBytes(StandardCharsets.ISO_8859_1);
        int metadataLength = (cutStart - metadataStart) + 2 + version.length + (metadataEnd - cutEnd);
        int length = (metadataTag - from) + 1 + size(metadataLength) + metadataLength + (to - metadataEnd);

        byte[] item = new byte[1 + size(length) + length];
        item[0] = ITEM;
        int end = write(length, item, 1);
        end = copy(source, from, metadataTag, item, end);
        item[end++] = METADATA;
        end = write(metadataLength, item, end);
        end = copy(source, metadataStart, cutStart, item, end);
        item[end++] = RESOURCE_VERSION;
        end = write(version.length, item, end);
        end = copy(version, 0, version.length, item, end);
        end = copy(source, cutEnd, metadataEnd, item, end);
        end = copy(source, metadataEnd, to, item, end);
        if (end != item.length) {
            throw new IllegalStateException("wrote " + end + " bytes instead of " + item.length);
        }
        return item;
    }

    /** Bytes of a number in its variable-length form. */
    static int size(int number) {
        return number < 1 << 7 ? 1 : number < 1 << 14 ? 2 : number < 1 << 21 ? 3 : number < 1 << 28 ? 4 : 5;
    }

    /** Writes a number in its variable-length form; returns where it ends. */
    static int write(int number, byte[] target, int at) {
        int rest = number;
        int end = at;
        while (rest >= 0x80) {
            target[end++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        target[end++] = (byte) rest;
        return end;
    }

    private static int copy(byte[] source, int from, int to, byte[] target, int at) {
        System.arraycopy(source, from, target, at, to - from);
        return at + to - from;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= bytes.length) {
                break;
            }
            byte next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new UnreadableObjectException("a number has no end at byte " + at);
    }

    private int length(int to) {
        long length = varint();
        if (length < 0 || length > to - at) {
            throw new UnreadableObjectException("a length of " + length + " is too large at byte " + at);
        }
        return (int) length;
    }

    private void skip(int tag, int to) {
        switch (tag & 7) {
            case 0 -> varint();
            case 1 -> at += 8;
            case 2 -> {
                int length = length(to);
                at += length;
            }
            case 5 -> at += 4;
            default -> throw new UnreadableObjectException("wire type " + (tag & 7) + " at byte " + at);
        }
        if (at > to) {
            throw new UnreadableObjectException("a field does not end at byte " + to);
        }
    }
}
