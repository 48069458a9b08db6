package io.argosy.controllermanager.revision;

import java.nio.charset.StandardCharsets;

/** Short names for long texts. */
public final class ShortHash {

    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private ShortHash() {}

    /** FNV-1a over 32 bits, written in letters that form no words. */
    public static String of(String text) {
        int hash = 0x811c9dc5;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x01000193;
        }
        StringBuilder safe = new StringBuilder();
        for (char c : Long.toString(hash & 0xffffffffL).toCharArray()) {
            safe.append(ALPHABET.charAt(c % ALPHABET.length()));
        }
        return safe.toString();
    }
}
