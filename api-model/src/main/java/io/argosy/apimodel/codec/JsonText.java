package io.argosy.apimodel.codec;

import java.math.BigDecimal;

/** Strings and numbers as JSON text, letter for letter as Kubernetes writes them. */
final class JsonText {

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    /** For each of the first 128 characters: written as it is. */
    private static final boolean[] PLAIN = new boolean[128];

    static {
        for (int c = 0x20; c < 128; c++) {
            PLAIN[c] = c != '"' && c != '\\' && c != '<' && c != '>' && c != '&';
        }
    }

    private JsonText() {}

    /** Writes a string with its quotes; {@code <}, {@code >} and {@code &} are escaped, lone surrogates replaced. */
    static void string(String text, Sink sink) {
        sink.put('"');
        int plain = sink.plainAscii(text, PLAIN);
        if (plain < text.length()) {
            rest(text, plain, sink);
        }
        sink.put('"');
    }

    private static void rest(String text, int from, Sink sink) {
        int length = text.length();
        for (int i = from; i < length; i++) {
            char c = text.charAt(i);
            if (c < 128) {
                if (PLAIN[c]) {
                    sink.put(c);
                } else {
                    escape(c, sink);
                }
            } else if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                sink.put(0xf0 | point >> 18);
                sink.put(0x80 | point >> 12 & 0x3f);
                sink.put(0x80 | point >> 6 & 0x3f);
                sink.put(0x80 | point & 0x3f);
            } else if (Character.isSurrogate(c)) {
                sink.ascii("\\ufffd");
            } else if (c == 0x2028 || c == 0x2029) {
                unicode(c, sink);
            } else if (c < 0x800) {
                sink.put(0xc0 | c >> 6);
                sink.put(0x80 | c & 0x3f);
            } else {
                sink.put(0xe0 | c >> 12);
                sink.put(0x80 | c >> 6 & 0x3f);
                sink.put(0x80 | c & 0x3f);
            }
        }
    }

    /** Writes UTF-8 bytes as a string with its quotes; bytes that are not UTF-8 become the replacement character. */
    static void utf8(byte[] bytes, int from, int to, Sink sink) {
        sink.reserve(to - from + 2);
        sink.put('"');
        int start = from;
        int at = from;
        while (at < to) {
            byte b = bytes[at];
            if (b >= 0) {
                if (PLAIN[b]) {
                    at++;
                    continue;
                }
                sink.put(bytes, start, at - start);
                escape((char) b, sink);
                start = ++at;
                continue;
            }
            int length = Utf8.lengthAt(bytes, at, to);
            if (length == 0) {
                sink.put(bytes, start, at - start);
                sink.ascii("\\ufffd");
                start = ++at;
            } else if (length == 3
                    && b == (byte) 0xe2
                    && bytes[at + 1] == (byte) 0x80
                    && (bytes[at + 2] & 0xfe) == 0xa8) {
                sink.put(bytes, start, at - start);
                unicode((char) (0x2028 + (bytes[at + 2] & 1)), sink);
                at += 3;
                start = at;
            } else {
                at += length;
            }
        }
        sink.put(bytes, start, to - start);
        sink.put('"');
    }

    /** Writes a finite number: without exponent from 1e-6 to 1e21, in as few digits as tell it from its neighbours. */
    static void number(double value, Sink sink) {
        sink.ascii(number(value));
    }

    static String number(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        double size = Math.abs(value);
        BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (size >= 1e-6 && size < 1e21) {
            return shortest.toPlainString();
        }
        String digits = shortest.unscaledValue().abs().toString();
        int exponent = shortest.precision() - shortest.scale() - 1;
        StringBuilder text = new StringBuilder(value < 0 ? "-" : "").append(digits.charAt(0));
        if (digits.length() > 1) {
            text.append('.').append(digits, 1, digits.length());
        }
        text.append('e').append(exponent < 0 ? '-' : '+');
        // Two digits at least above, one below: 1e+21 but 1e-7.
        return text.append(Math.abs(exponent)).toString();
    }

    private static void escape(char c, Sink sink) {
        switch (c) {
            case '"' -> sink.put('\\').put('"');
            case '\\' -> sink.put('\\').put('\\');
            case '\n' -> sink.put('\\').put('n');
            case '\r' -> sink.put('\\').put('r');
            case '\t' -> sink.put('\\').put('t');
            case '\b' -> sink.put('\\').put('b');
            case '\f' -> sink.put('\\').put('f');
            default -> unicode(c, sink);
        }
    }

    private static void unicode(char c, Sink sink) {
        sink.put('\\').put('u');
        sink.put(HEX[c >> 12 & 15]).put(HEX[c >> 8 & 15]).put(HEX[c >> 4 & 15]).put(HEX[c & 15]);
    }
}
