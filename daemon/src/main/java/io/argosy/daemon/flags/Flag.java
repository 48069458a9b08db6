package io.argosy.daemon.flags;

import java.util.Optional;

/**
 * One declared flag: its handle in {@link ParsedFlags}.
 *
 * @param name without dashes
 * @param shorthand one letter
 * @param type how values are read and shown
 * @param defaultValue what holds when the flag is absent
 * @param usage its help text
 */
public record Flag<T>(String name, Optional<Character> shorthand, FlagType<T> type, T defaultValue, String usage) {

    /** {@code --name}, or {@code -v, --name} when there is a shorthand, as error texts name flags. */
    String display() {
        return shorthand.map(letter -> "-" + letter + ", --" + name).orElse("--" + name);
    }
}
