package io.argosy.daemon.flags;

import java.util.Optional;

/**
 * How a flag's values are read and shown.
 *
 * @param <T> the value; lists and maps grow with each occurrence
 */
public interface FlagType<T> {

    /** The name in the help text: {@code string}, {@code duration}, ...; empty for booleans. */
    String name();

    /** Reads one occurrence; {@code earlier} is the value of earlier ones. Throws {@link IllegalArgumentException}. */
    T read(String text, Optional<T> earlier);

    /** The default as the help text shows it; empty when it shows none. */
    String show(T value);

    /** Whether the flag may stand without a value. */
    default boolean optionalValue() {
        return false;
    }
}
