package io.argosy.apimodel.codec;

/** Base64 with padding (RFC 4648 section 4). */
final class Base64Text {

    private Base64Text() {}

    /** Where a text stops being base64; -1 when all of it is. */
    static int firstWrong(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (digit(text.charAt(i))) {
                continue;
            }
            int inGroup = i % 4;
            if (text.charAt(i) != '=' || inGroup < 2) {
                return i;
            }
            if (inGroup == 2) {
                if (i + 1 >= length) {
                    return length;
                }
                if (text.charAt(i + 1) != '=') {
                    return i + 1;
                }
            }
            int end = i - inGroup + 4;
            return end < length ? end : -1;
        }
        return length % 4 == 0 ? -1 : length - length % 4;
    }

    private static boolean digit(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    }
}
