package io.argosy.daemon.flags;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What one command line says. */
public final class ParsedFlags {

    private final Map<Flag<?>, Object> values;

    ParsedFlags(Map<Flag<?>, Object> values) {
        this.values = new LinkedHashMap<>(values);
    }

    /** The flag's value, or its default. */
    @SuppressWarnings("unchecked")
    public <T> T get(Flag<T> flag) {
        return (T) values.getOrDefault(flag, flag.defaultValue());
    }

    /** Whether the command line names the flag, be it with its default. */
    public boolean isSet(Flag<?> flag) {
        return values.containsKey(flag);
    }

    /** The names of the flags that the command line names. */
    public Set<String> given() {
        return values.keySet().stream().map(Flag::name).collect(Collectors.toUnmodifiableSet());
    }

    /** The flag's value when the command line names it, else another: how flags win over a configuration file. */
    public <T> T getOr(Flag<T> flag, T otherwise) {
        return isSet(flag) ? get(flag) : otherwise;
    }
}
