package io.argosy.daemon.config;

import io.argosy.daemon.flags.GoDuration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.DuplicateKeyException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Configuration documents as maps of maps, for what comes from several places: defaults, files, flags. */
public final class ConfigTree {

    private static final int MAX_ALIASES = 50;

    private ConfigTree() {}

    /** @throws ConfigurationException when it is no object, or has a key twice */
    public static Map<String, Object> parse(String yaml) throws ConfigurationException {
        try {
            return load(yaml, false);
        } catch (YamlEngineException e) {
            throw new ConfigurationException("failed to decode: " + e.getMessage());
        }
    }

    /** Of a key that is there twice the last value holds, and {@code warn} is told. */
    public static Map<String, Object> parseLeniently(String yaml, java.util.function.Consumer<String> warn)
            throws ConfigurationException {
        try {
            return load(yaml, false);
        } catch (DuplicateKeyException e) {
            warn.accept(String.valueOf(e.getMessage()));
            return load(yaml, true);
        } catch (YamlEngineException e) {
            throw new ConfigurationException("failed to decode: " + e.getMessage());
        }
    }

    private static Map<String, Object> load(String yaml, boolean twice) throws ConfigurationException {
        Object document = new Load(LoadSettings.builder()
                        .setMaxAliasesForCollections(MAX_ALIASES)
                        .setAllowDuplicateKeys(twice)
                        .build())
                .loadFromString(yaml);
        if (document instanceof Map<?, ?> map) {
            return copy(map);
        }
        throw new ConfigurationException("failed to decode: not an object");
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> out = new LinkedHashMap<>();
        map.forEach((k, v) -> {
            if (v != null) {
                out.put(String.valueOf(k), v instanceof Map<?, ?> m ? copy(m) : v);
            }
        });
        return out;
    }

    /**
     * Lays {@code from} over {@code into}: objects merge, everything else is replaced.
     *
     * @param whole names of maps that are one value and are replaced too
     */
    @SuppressWarnings("unchecked")
    public static void merge(Map<String, Object> into, Map<String, Object> from, Predicate<String> whole) {
        from.forEach((key, value) -> {
            if (!whole.test(key) && value instanceof Map<?, ?> map && into.get(key) instanceof Map<?, ?> present) {
                merge((Map<String, Object>) present, (Map<String, Object>) map, whole);
            } else {
                into.put(key, value);
            }
        });
    }

    /** Sets the field at a path of names joined by dots; objects on the way are made. */
    @SuppressWarnings("unchecked")
    public static void set(Map<String, Object> tree, String path, Object value) {
        Map<String, Object> at = tree;
        String[] parts = path.split("\\.");
        for (int i = 0; i < parts.length - 1; i++) {
            if (!(at.get(parts[i]) instanceof Map)) {
                at.put(parts[i], new LinkedHashMap<String, Object>());
            }
            at = (Map<String, Object>) at.get(parts[i]);
        }
        at.put(parts[parts.length - 1], value);
    }

    /** Gives the fields at these paths that are absent, empty or zero the value that they have in {@code defaults}. */
    public static void fill(Map<String, Object> tree, Map<String, Object> defaults, List<String> paths) {
        for (String path : paths) {
            if (isZero(get(tree, path).orElse(""))) {
                get(defaults, path).ifPresent(value -> set(tree, path, value));
            }
        }
    }

    private static boolean isZero(Object value) {
        try {
            return switch (value) {
                case String text -> text.isEmpty() || GoDuration.parse(text).isZero();
                case Number number -> number.doubleValue() == 0;
                case List<?> list -> list.isEmpty();
                default -> false;
            };
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Takes away what an unknown field's text, {@code unknown field "a.b"}, names. */
    public static void forget(Map<String, Object> tree, String unknownField) {
        String path = unknownField.substring(unknownField.indexOf('"') + 1, unknownField.lastIndexOf('"'));
        int dot = path.lastIndexOf('.');
        Object parent = dot < 0 ? tree : get(tree, path.substring(0, dot)).orElse(Map.of());
        if (parent instanceof LinkedHashMap<?, ?> map) {
            map.remove(path.substring(dot + 1));
        }
    }

    /** The field at a path of names joined by dots. */
    public static Optional<Object> get(Map<String, Object> tree, String path) {
        Object at = tree;
        for (String part : path.split("\\.")) {
            if (!(at instanceof Map<?, ?> map) || map.get(part) == null) {
                return Optional.empty();
            }
            at = map.get(part);
        }
        return Optional.of(at);
    }
}
