package io.argosy.apimodel.codec;

import java.nio.charset.StandardCharsets;

/** UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates. */
final class Utf8 {

    private Utf8() {}

    /** The length of the character of more than one byte that starts at {@code at}; 0 when there is none. */
    static int lengthAt(byte[] bytes, int at, int to) {
        int first = bytes[at] & 0xff;
        if (first < 0xc2 || first > 0xf4) {
            return 0;
        }
        int length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        if (to - at < length) {
            return 0;
        }
        int second = bytes[at + 1] & 0xff;
        int low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        if (second < low || second > high) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /** The text of UTF-8 bytes; each byte that is none becomes a replacement character. */
    static String decode(byte[] bytes, int from, int to) {
        for (int at = from; at < to; ) {
            if (bytes[at] >= 0) {
                at++;
                continue;
            }
            int length = lengthAt(bytes, at, to);
            if (length == 0) {
                return decodeBroken(bytes, from, to);
            }
            at += length;
        }
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private static String decodeBroken(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        for (int at = from; at < to; ) {
            int length = bytes[at] >= 0 ? 1 : lengthAt(bytes, at, to);
            if (length == 0) {
                text.append('\ufffd');
                at++;
            } else {
                text.append(new String(bytes, at, length, StandardCharsets.UTF_8));
                at += length;
            }
        }
        return text.toString();
    }
}
