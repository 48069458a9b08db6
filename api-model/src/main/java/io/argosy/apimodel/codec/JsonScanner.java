package io.argosy.apimodel.codec;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.Value;
import java.nio.charset.StandardCharsets;

/** The letters of a JSON document: white space, strings, numbers, literals, and what is wrong with them. */
final class JsonScanner {

    private final byte[] bytes;
    private final int end;
    private int at;

    JsonScanner(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    int position() {
        return at;
    }

    /** The next byte that is not white space, which stays; -1 at the end. */
    int peek() {
        while (at < end) {
            byte b = bytes[at];
            if (b != ' ' && b != '\n' && b != '\t' && b != '\r') {
                return b & 0xff;
            }
            at++;
        }
        return -1;
    }

    void next() {
        at++;
    }

    /** What is wrong with the byte at hand. */
    ApiException invalid(String where) {
        if (at >= end) {
            return ApiException.badRequest("unexpected end of JSON input");
        }
        return ApiException.badRequest("invalid character " + quoted(bytes[at] & 0xff) + " " + where);
    }

    private static String quoted(int c) {
        return switch (c) {
            case '\'' -> "'\\''";
            case '"' -> "'\"'";
            case '\\' -> "'\\\\'";
            case '\n' -> "'\\n'";
            case '\r' -> "'\\r'";
            case '\t' -> "'\\t'";
            case '\b' -> "'\\b'";
            case '\f' -> "'\\f'";
            case 7 -> "'\\a'";
            case 11 -> "'\\v'";
            default ->
                c < 0x20 || c == 0x7f || (c >= 0x80 && c < 0xa1) || c == 0xad
                        ? c < 0x80 ? String.format("'\\x%02x'", c) : String.format("'\\u%04x'", c)
                        : "'" + (char) c + "'";
        };
    }

    /** The scalar that starts with {@code c}, the byte at hand. */
    Value scalar(int c) {
        return switch (c) {
            case '"' -> Value.of(string());
            case 't' -> literal("true", Value.of(true));
            case 'f' -> literal("false", Value.of(false));
            case 'n' -> literal("null", NullValue.NULL);
            default -> {
                if (c == '-' || (c >= '0' && c <= '9')) {
                    yield number();
                }
                throw invalid("looking for beginning of value");
            }
        };
    }

    private Value literal(String word, Value value) {
        for (int i = 0; i < word.length(); i++, at++) {
            if (at >= end || bytes[at] != word.charAt(i)) {
                throw invalid("in literal " + word + " (expecting '" + word.charAt(i) + "')");
            }
        }
        return value;
    }

    private Value number() {
        int start = at;
        boolean whole = true;
        if (bytes[at] == '-') {
            at++;
            if (!digit()) {
                throw invalid("in numeric literal");
            }
        }
        if (bytes[at] == '0') {
            at++;
        } else {
            skipDigits();
        }
        if (at < end && bytes[at] == '.') {
            whole = false;
            at++;
            if (!digit()) {
                throw invalid("after decimal point in numeric literal");
            }
            skipDigits();
        }
        if (at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
            whole = false;
            at++;
            if (at < end && (bytes[at] == '+' || bytes[at] == '-')) {
                at++;
            }
            if (!digit()) {
                throw invalid("in exponent of numeric literal");
            }
            skipDigits();
        }
        return whole ? wholeNumber(start) : real(start);
    }

    private Value wholeNumber(int start) {
        boolean negative = bytes[start] == '-';
        int first = negative ? start + 1 : start;
        if (at - first > 19) {
            return real(start);
        }
        long value = 0;
        for (int i = first; i < at; i++) {
            value = value * 10 - (bytes[i] - '0');
            if (value > 0) {
                return real(start);
            }
        }
        if (!negative && value == Long.MIN_VALUE) {
            return real(start);
        }
        return Value.of(negative ? value : -value);
    }

    private Value real(int start) {
        String text = new String(bytes, start, at - start, StandardCharsets.ISO_8859_1);
        double value = Double.parseDouble(text);
        if (!Double.isFinite(value)) {
            throw ApiException.badRequest("json: cannot unmarshal number " + text + " into Go value of type float64");
        }
        return Value.of(value);
    }

    private boolean digit() {
        return at < end && bytes[at] >= '0' && bytes[at] <= '9';
    }

    private void skipDigits() {
        while (digit()) {
            at++;
        }
    }

    /** A field name. */
    String name() {
        return string();
    }

    /** The string whose opening quote is the byte at hand. */
    String string() {
        int start = ++at;
        boolean ascii = true;
        for (; at < end; at++) {
            byte b = bytes[at];
            if (b == '"') {
                String text = ascii
                        ? new String(bytes, start, at - start, StandardCharsets.ISO_8859_1)
                        : Utf8.decode(bytes, start, at);
                at++;
                return text;
            }
            if (b == '\\') {
                return escaped(start);
            }
            if (b < 0) {
                ascii = false;
            } else if (b < 0x20) {
                throw invalid("in string literal");
            }
        }
        throw invalid("");
    }

    private String escaped(int start) {
        StringBuilder text = new StringBuilder();
        int plain = start;
        while (at < end) {
            byte b = bytes[at];
            if (b == '"') {
                text.append(Utf8.decode(bytes, plain, at++));
                return text.toString();
            }
            if (b == '\\') {
                text.append(Utf8.decode(bytes, plain, at++));
                escape(text);
                plain = at;
            } else if (b >= 0 && b < 0x20) {
                throw invalid("in string literal");
            } else {
                at++;
            }
        }
        throw invalid("");
    }

    private void escape(StringBuilder text) {
        if (at >= end) {
            throw invalid("");
        }
        switch (bytes[at]) {
            case '"', '\\', '/' -> text.append((char) bytes[at]);
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'u' -> {
                unicode(text);
                return;
            }
            default -> throw invalid("in string escape code");
        }
        at++;
    }

    private void unicode(StringBuilder text) {
        char c = hex();
        if (Character.isHighSurrogate(c) && at + 1 < end && bytes[at] == '\\' && bytes[at + 1] == 'u') {
            int before = at++;
            char low = hex();
            if (Character.isLowSurrogate(low)) {
                text.append(c).append(low);
                return;
            }
            at = before;
        }
        text.append(Character.isSurrogate(c) ? '\ufffd' : c);
    }

    /** Four hexadecimal digits after the byte at hand, which is the {@code u}. */
    private char hex() {
        int value = 0;
        at++;
        for (int i = 0; i < 4; i++, at++) {
            int digit = at < end ? Character.digit(bytes[at], 16) : -1;
            if (digit < 0) {
                throw invalid("in \\u hexadecimal character escape");
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }
}
