package io.argosy.apiserver.cache;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bytes to send, in parts that are shared with the cache: they are written out in order, not copied and never changed.
 */
public final class Body {

    private final byte[][] arrays;
    private final int[] starts;
    private final int[] ends;
    private final int parts;
    private final long length;

    private Body(Builder builder) {
        this.arrays = builder.arrays;
        this.starts = builder.starts;
        this.ends = builder.ends;
        this.parts = builder.parts;
        this.length = builder.length;
    }

    public static Body of(byte[] whole) {
        return new Builder(1).add(whole).build();
    }

    /** Bytes in all parts together. */
    public long length() {
        return length;
    }

    public int parts() {
        return parts;
    }

    /** A part as a read-only buffer over the shared array. */
    public ByteBuffer part(int index) {
        return ByteBuffer.wrap(arrays[index], starts[index], ends[index] - starts[index])
                .asReadOnlyBuffer();
    }

    /** Where the bytes of a part lie, without an object in between. */
    public interface PartConsumer<X extends Exception> {
        void accept(byte[] array, int from, int length) throws X;
    }

    public <X extends Exception> void forEach(PartConsumer<X> consumer) throws X {
        for (int i = 0; i < parts; i++) {
            consumer.accept(arrays[i], starts[i], ends[i] - starts[i]);
        }
    }

    /** A copy of all parts in one array of the caller's own. */
    public byte[] toByteArray() {
        byte[] whole = new byte[Math.toIntExact(length)];
        int at = 0;
        for (int i = 0; i < parts; i++) {
            System.arraycopy(arrays[i], starts[i], whole, at, ends[i] - starts[i]);
            at += ends[i] - starts[i];
        }
        return whole;
    }

    static final class Builder {
        private byte[][] arrays;
        private int[] starts;
        private int[] ends;
        private int parts;
        private long length;

        Builder(int expectedParts) {
            arrays = new byte[expectedParts][];
            starts = new int[expectedParts];
            ends = new int[expectedParts];
        }

        Builder add(byte[] array) {
            return add(array, 0, array.length);
        }

        Builder add(byte[] array, int from, int to) {
            if (parts == arrays.length) {
                int larger = parts * 2 + 4;
                arrays = Arrays.copyOf(arrays, larger);
                starts = Arrays.copyOf(starts, larger);
                ends = Arrays.copyOf(ends, larger);
            }
            arrays[parts] = array;
            starts[parts] = from;
            ends[parts] = to;
            parts++;
            length += to - from;
            return this;
        }

        Body build() {
            return new Body(this);
        }
    }
}
