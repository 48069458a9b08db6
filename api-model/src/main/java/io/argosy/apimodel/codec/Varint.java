package io.argosy.apimodel.codec;

/** Base-128 numbers of the protobuf wire format. */
final class Varint {

    private Varint() {}

    static void write(long value, Sink sink) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            sink.put((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        sink.put((int) rest);
    }

    static int size(long value) {
        return (63 - Long.numberOfLeadingZeros(value | 1)) / 7 + 1;
    }
}
