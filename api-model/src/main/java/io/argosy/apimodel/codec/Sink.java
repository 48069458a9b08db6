package io.argosy.apimodel.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Bytes that grow at the end: what every writer writes to. Reusable through {@link #reset()}; not thread-safe. */
public final class Sink {

    private static final int LARGEST = Integer.MAX_VALUE - 16;

    private byte[] bytes;
    private int size;

    public Sink() {
        this(1024);
    }

    public Sink(int capacity) {
        this.bytes = new byte[Math.max(16, capacity)];
    }

    public Sink put(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
        return this;
    }

    public Sink put(byte[] source) {
        return put(source, 0, source.length);
    }

    public Sink put(byte[] source, int from, int length) {
        reserve(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
        return this;
    }

    /** Writes text of which every character is below 128. */
    public Sink ascii(String text) {
        int length = text.length();
        reserve(length);
        for (int i = 0; i < length; i++) {
            bytes[size + i] = (byte) text.charAt(i);
        }
        size += length;
        return this;
    }

    /** Writes the start of a text that has only characters of a set below 128; tells where that ends. */
    int plainAscii(String text, boolean[] plain) {
        int length = text.length();
        reserve(length);
        byte[] target = bytes;
        int at = size;
        int i = 0;
        for (; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 128 || !plain[c]) {
                break;
            }
            target[at++] = (byte) c;
        }
        size = at;
        return i;
    }

    /** Writes a number in decimal digits. */
    public Sink decimal(long value) {
        if (value == Long.MIN_VALUE) {
            return ascii("-9223372036854775808");
        }
        reserve(20);
        long rest = value;
        if (rest < 0) {
            bytes[size++] = '-';
            rest = -rest;
        }
        int digits = 1;
        for (long bound = 10; digits < 19 && rest >= bound; bound *= 10) {
            digits++;
        }
        for (int i = size + digits - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
        return this;
    }

    public int size() {
        return size;
    }

    /** Forgets what was written after the first {@code length} bytes. */
    public void truncate(int length) {
        size = Math.min(size, length);
    }

    public void reset() {
        size = 0;
    }

    /** The bytes written so far, valid until the next write; only the first {@link #size()} count. */
    public byte[] buffer() {
        return bytes;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
    }

    /** Makes room for {@code more} bytes. */
    void reserve(int more) {
        if (more > bytes.length - size) {
            grow(more);
        }
    }

    private void grow(int more) {
        long wanted = Math.max((long) size + more, (long) bytes.length * 2);
        if ((long) size + more > LARGEST) {
            throw new IllegalStateException("output is larger than 2 GiB");
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, LARGEST));
    }
}
