package io.argosy.daemon.config;

import io.argosy.daemon.flags.GoDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** An object of a configuration file. Reading a field marks it as known; a value of a wrong type is a problem. */
public final class ConfigObject {

    private final String path;
    private final Map<String, Object> fields;
    private final Problems problems;
    private final Set<String> read = new LinkedHashSet<>();
    private final Map<String, ConfigObject> children = new LinkedHashMap<>();

    ConfigObject(String path, Map<String, Object> fields, Problems problems) {
        this.path = path;
        this.fields = fields;
        this.problems = problems;
    }

    public boolean has(String name) {
        return fields.containsKey(name);
    }

    public Set<String> names() {
        return fields.keySet();
    }

    public Optional<String> string(String name) {
        return value(name, "string", value -> value instanceof String text ? Optional.of(text) : Optional.empty());
    }

    public String string(String name, String otherwise) {
        return string(name).orElse(otherwise);
    }

    public Optional<Boolean> bool(String name) {
        return value(name, "boolean", value -> value instanceof Boolean truth ? Optional.of(truth) : Optional.empty());
    }

    public boolean bool(String name, boolean otherwise) {
        return bool(name).orElse(otherwise);
    }

    public Optional<Integer> integer(String name) {
        return value(
                name, "integer", value -> value instanceof Integer number ? Optional.of(number) : Optional.empty());
    }

    public int integer(String name, int otherwise) {
        return integer(name).orElse(otherwise);
    }

    public Optional<Long> int64(String name) {
        return value(
                name,
                "integer",
                value -> value instanceof Integer || value instanceof Long
                        ? Optional.of(((Number) value).longValue())
                        : Optional.empty());
    }

    public Optional<Double> decimal(String name) {
        return value(
                name,
                "number",
                value -> value instanceof Number number ? Optional.of(number.doubleValue()) : Optional.empty());
    }

    public double decimal(String name, double otherwise) {
        return decimal(name).orElse(otherwise);
    }

    public Optional<Duration> duration(String name) {
        return value(name, "duration", value -> {
            try {
                return value instanceof String text ? Optional.of(GoDuration.parse(text)) : Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }

    public Duration duration(String name, Duration otherwise) {
        return duration(name).orElse(otherwise);
    }

    public Optional<List<String>> strings(String name) {
        return value(name, "list of strings", value -> {
            if (!(value instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
                return Optional.empty();
            }
            return Optional.of(list.stream().map(String.class::cast).toList());
        });
    }

    /** A map of strings; scalars of other types are shown as text. */
    public Optional<Map<String, String>> stringMap(String name) {
        return value(name, "map of strings", value -> {
            if (!(value instanceof Map<?, ?> map)
                    || map.values().stream().anyMatch(item -> item instanceof Map || item instanceof List)) {
                return Optional.empty();
            }
            Map<String, String> entries = new LinkedHashMap<>();
            map.forEach((key, item) -> entries.put(String.valueOf(key), String.valueOf(item)));
            return Optional.of(entries);
        });
    }

    /** A map of booleans, as {@code featureGates} is. */
    public Optional<Map<String, Boolean>> booleanMap(String name) {
        return value(name, "map of booleans", value -> {
            if (!(value instanceof Map<?, ?> map) || !map.values().stream().allMatch(Boolean.class::isInstance)) {
                return Optional.empty();
            }
            Map<String, Boolean> entries = new LinkedHashMap<>();
            map.forEach((key, item) -> entries.put(String.valueOf(key), (Boolean) item));
            return Optional.of(entries);
        });
    }

    /** The object at a field; an empty one when absent. */
    public ConfigObject object(String name) {
        return objectIfPresent(name).orElseGet(() -> new ConfigObject(child(name), Map.of(), problems));
    }

    public Optional<ConfigObject> objectIfPresent(String name) {
        return value(
                name,
                "object",
                value -> value instanceof Map<?, ?> map ? Optional.of(nested(child(name), map)) : Optional.empty());
    }

    /** The objects of a list; none when absent. */
    public List<ConfigObject> objects(String name) {
        Optional<List<ConfigObject>> found = value(name, "list of objects", value -> {
            if (!(value instanceof List<?> list) || !list.stream().allMatch(Map.class::isInstance)) {
                return Optional.empty();
            }
            List<ConfigObject> objects = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                objects.add(nested(child(name) + "[" + i + "]", (Map<?, ?>) list.get(i)));
            }
            return Optional.of(objects);
        });
        return found.orElse(List.of());
    }

    /** The field as it stands (maps, lists, scalars): for parts that others read. */
    public Optional<Object> raw(String name) {
        read.add(name);
        return Optional.ofNullable(fields.get(name));
    }

    private ConfigObject nested(String at, Map<?, ?> map) {
        return children.computeIfAbsent(at, key -> new ConfigObject(at, ConfigFile.asFields(map), problems));
    }

    private <T> Optional<T> value(String name, String wanted, Function<Object, Optional<T>> convert) {
        read.add(name);
        Object value = fields.get(name);
        if (value == null) {
            return Optional.empty();
        }
        Optional<T> converted = convert.apply(value);
        if (converted.isEmpty()) {
            problems.add("field \"" + child(name) + "\" is not a " + wanted);
        }
        return converted;
    }

    private String child(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    void reportUnread() {
        fields.keySet().stream()
                .filter(name -> !read.contains(name))
                .forEach(name -> problems.add("unknown field \"" + child(name) + "\""));
        children.values().forEach(ConfigObject::reportUnread);
    }
}
