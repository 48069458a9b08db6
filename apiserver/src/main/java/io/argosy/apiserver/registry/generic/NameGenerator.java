package io.argosy.apiserver.registry.generic;

import java.util.random.RandomGenerator;

/** Makes names of {@code generateName}: the prefix, cut to 58 characters, and five random letters and digits. */
final class NameGenerator {

    private static final int NAME_CHARACTERS = 63;
    private static final int RANDOM_CHARACTERS = 5;
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private final RandomGenerator random;

    NameGenerator(RandomGenerator random) {
        this.random = random;
    }

    String generate(String prefix) {
        int most = NAME_CHARACTERS - RANDOM_CHARACTERS;
        StringBuilder name = new StringBuilder(prefix.length() > most ? prefix.substring(0, most) : prefix);
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return name.toString();
    }
}
