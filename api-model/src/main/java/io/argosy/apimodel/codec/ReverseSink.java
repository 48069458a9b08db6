package io.argosy.apimodel.codec;

import java.util.Arrays;

/** Bytes that grow at the front, so that a length is known when it is written before what it counts. */
final class ReverseSink {

    private byte[] bytes = new byte[1024];
    private int start = bytes.length;

    int size() {
        return bytes.length - start;
    }

    void put(int value) {
        reserve(1);
        bytes[--start] = (byte) value;
    }

    void put(byte[] source) {
        reserve(source.length);
        start -= source.length;
        System.arraycopy(source, 0, bytes, start, source.length);
    }

    void varint(long value) {
        reserve(10);
        int size = Varint.size(value);
        start -= size;
        long rest = value;
        for (int i = start; i < start + size - 1; i++) {
            bytes[i] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[start + size - 1] = (byte) (rest & 0x7f);
    }

    void fixed64(long value) {
        reserve(8);
        start -= 8;
        for (int i = 0; i < 8; i++) {
            bytes[start + i] = (byte) (value >>> 8 * i);
        }
    }

    void tag(int number, int wireType) {
        varint((long) number << 3 | wireType);
    }

    /** Writes text as UTF-8; lone surrogates become replacement characters. */
    void text(String text) {
        int length = text.length();
        reserve(length * 3);
        int at = start;
        for (int i = length - 1; i >= 0; i--) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes[--at] = (byte) c;
            } else if (c < 0x800) {
                bytes[--at] = (byte) (0x80 | (c & 0x3f));
                bytes[--at] = (byte) (0xc0 | (c >> 6));
            } else if (Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1))) {
                int point = Character.toCodePoint(text.charAt(--i), c);
                bytes[--at] = (byte) (0x80 | (point & 0x3f));
                bytes[--at] = (byte) (0x80 | ((point >> 6) & 0x3f));
                bytes[--at] = (byte) (0x80 | ((point >> 12) & 0x3f));
                bytes[--at] = (byte) (0xf0 | (point >> 18));
            } else {
                char known = Character.isSurrogate(c) ? '\ufffd' : c;
                bytes[--at] = (byte) (0x80 | (known & 0x3f));
                bytes[--at] = (byte) (0x80 | ((known >> 6) & 0x3f));
                bytes[--at] = (byte) (0xe0 | (known >> 12));
            }
        }
        start = at;
    }

    byte[] toByteArray() {
        return Arrays.copyOfRange(bytes, start, bytes.length);
    }

    void writeTo(Sink sink) {
        sink.put(bytes, start, bytes.length - start);
    }

    private void reserve(int more) {
        if (more > start) {
            int size = size();
            byte[] larger = new byte[Math.max(bytes.length * 2, Math.addExact(size, more) + 1024)];
            System.arraycopy(bytes, start, larger, larger.length - size, size);
            start = larger.length - size;
            bytes = larger;
        }
    }
}
