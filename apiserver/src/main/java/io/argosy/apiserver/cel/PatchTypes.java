package io.argosy.apiserver.cel;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.values.CelValueProvider;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The types of what mutations make: {@code Object{spec: Object.spec{...}}} and {@code JSONPatch{op: ..., path: ...}}.
 * Objects are made by the names of their paths; their fields may be any.
 */
public final class PatchTypes {

    public static final CelType OBJECT = struct("Object", ImmutableSet.of());
    private static final CelType JSON_PATCH = struct("JSONPatch", ImmutableSet.of("op", "path", "from", "value"));

    /** What makes a JSON patch. */
    public static final CelType JSON_PATCHES = ListType.create(JSON_PATCH);

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private PatchTypes() {}

    /** What an expression has made: its type, and its fields. */
    public static final class Made extends LinkedHashMap<String, Object> {

        private static final long serialVersionUID = 1;

        private final String type;

        Made(String type, Map<String, Object> fields) {
            super(fields);
            this.type = type;
        }

        public String type() {
            return type;
        }

        @Override
        public boolean equals(Object other) {
            return super.equals(other) && other instanceof Made that && type.equals(that.type);
        }

        @Override
        public int hashCode() {
            return super.hashCode() * 31 + type.hashCode();
        }
    }

    private static StructType struct(String name, ImmutableSet<String> fields) {
        return StructType.create(name, fields, _ -> Optional.of(SimpleType.DYN));
    }

    /** The types that expressions name; their fields are all names that occur. */
    static Map<String, StructType> namedIn(Collection<String> expressions) {
        ImmutableSet.Builder<String> names = ImmutableSet.builder();
        for (String expression : expressions) {
            Matcher matcher = NAME.matcher(expression);
            while (matcher.find()) {
                names.add(matcher.group());
            }
        }
        ImmutableSet<String> all = names.build();
        Map<String, StructType> types = new LinkedHashMap<>();
        types.put("Object", struct("Object", all));
        Matcher paths = Pattern.compile("Object(?:\\.[A-Za-z_][A-Za-z0-9_]*)+").matcher(String.join(" ", expressions));
        while (paths.find()) {
            types.putIfAbsent(paths.group(), struct(paths.group(), all));
        }
        ImmutableMap<String, CelType> patch = ImmutableMap.of(
                "op", SimpleType.STRING, "path", SimpleType.STRING, "from", SimpleType.STRING, "value", SimpleType.DYN);
        types.put(
                "JSONPatch",
                StructType.create("JSONPatch", patch.keySet(), field -> Optional.ofNullable(patch.get(field))));
        return types;
    }

    /** Makes them. */
    static CelValueProvider provider() {
        return (type, fields) -> type.equals("JSONPatch") || type.equals("Object") || type.startsWith("Object.")
                ? Optional.of(new Made(type, fields))
                : Optional.empty();
    }

    /** What does not stand where its type says; empty when all does. */
    public static Optional<String> misplaced(Object value, String path) {
        return switch (value) {
            case Made made
            when !made.type().equals(path) ->
                Optional.of("unexpected type name \"" + made.type() + "\", expected \"" + path
                        + "\", which matches field name path from root Object type");
            case Made made ->
                made.entrySet().stream()
                        .flatMap(field -> misplaced(field.getValue(), path + "." + field.getKey()).stream())
                        .findFirst();
            case List<?> list ->
                list.stream().flatMap(item -> misplaced(item, path).stream()).findFirst();
            case Map<?, ?> map ->
                map.values().stream()
                        .flatMap(item -> misplaced(item, path).stream())
                        .findFirst();
            default -> Optional.empty();
        };
    }
}
