package io.argosy.apimodel.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * One of our own files: the types of one package, and of each what the published artifacts do not say.
 *
 * <ul>
 *   <li>{@code always}, {@code optional}, {@code nullable}, {@code zeroOmitted}: fields that are not present in the way
 *       that is usual for their type (zero omitted for scalars, optional for the rest)
 *   <li>{@code typeMeta}: has {@code kind} and {@code apiVersion}; {@code wraps}: is a list in JSON
 *   <li>{@code inline}: parts whose fields stand among the type's own in JSON; {@code names}: JSON names that differ
 *   <li>{@code declare}: all fields, where the published descriptors lack the type: name, number, type
 *   <li>{@code fields}: list and map types, keys, patch strategies, defaults, {@code required}
 * </ul>
 */
final class DefinitionFile {

    private final String packageName;
    private final Map<String, Map<String, Object>> types = new TreeMap<>();

    private DefinitionFile(String packageName) {
        this.packageName = packageName;
    }

    static DefinitionFile read(Path path) throws IOException {
        Object root = new Load(LoadSettings.builder().setLabel(path.toString()).build())
                .loadFromString(Files.readString(path));
        Map<String, Object> document = map(root);
        DefinitionFile file = new DefinitionFile(text(document.get("package")));
        map(document.get("types")).forEach((name, facts) -> file.types.put(name, map(facts)));
        return file;
    }

    /** The types of this file's package, in the order of their names. */
    List<Type> types(Map<String, List<Type.Declared>> messages, PublishedModels models) {
        Map<String, List<Type.Declared>> declared = new TreeMap<>();
        messages.forEach((name, fields) -> {
            int dot = name.lastIndexOf('.');
            if (name.substring(0, dot).equals(packageName)) {
                declared.put(name.substring(dot + 1), fields);
            }
        });
        types.forEach((name, facts) -> {
            if (facts.get("declare") instanceof List<?> lines) {
                declared.put(
                        name, lines.stream().map(line -> declared(text(line))).toList());
            } else if (!declared.containsKey(name)) {
                throw new IllegalStateException("no such type: " + packageName + "." + name);
            }
        });
        List<Type> all = new ArrayList<>();
        declared.forEach((name, fields) -> {
            if (!SpecialTypes.NAMES.contains(packageName + "." + name)) {
                all.add(type(name, fields, types.getOrDefault(name, Map.of()), models));
            }
        });
        return all;
    }

    private Type.Declared declared(String line) {
        String[] words = line.split(" ", 3);
        String kind = words[2].startsWith("list ") ? "list " : words[2].startsWith("map ") ? "map " : "";
        String name = words[2].substring(kind.length());
        boolean local = Character.isUpperCase(name.charAt(0));
        return new Type.Declared(
                words[0], Integer.parseInt(words[1]), kind + (local ? packageName + "." + name : name));
    }

    private Type type(String name, List<Type.Declared> fields, Map<String, Object> facts, PublishedModels models) {
        PublishedModels.Model model =
                models.of(packageName + "." + name).orElse(new PublishedModels.Model("", Map.of()));
        List<Type.Member> members = new ArrayList<>();
        List<String> inline = strings(facts.get("inline"));
        Map<String, Object> names = map(facts.get("names"));
        Map<String, Object> known = new LinkedHashMap<>(map(facts.get("fields")));
        for (Type.Declared field : fields) {
            String json = names.containsKey(field.name()) ? text(names.get(field.name())) : field.name();
            Map<String, Object> fact = map(known.remove(json));
            PublishedModels.Property property = model.properties().get(json);
            boolean required =
                    fact.get("required") instanceof Boolean said ? said : property != null && property.required();
            members.add(new Type.Member(
                    json,
                    field.number(),
                    field.type(),
                    inline.contains(field.name()),
                    presence(json, field.type(), facts),
                    required,
                    text(fact.containsKey("mapType") ? fact.get("mapType") : fact.get("listType")),
                    strings(fact.get("listMapKeys")),
                    text(fact.get("patchStrategy")),
                    text(fact.get("patchMergeKey")),
                    fact.containsKey("default") ? Json.text(fact.get("default")) : "",
                    text(fact.get("itemKind"))));
        }
        if (!known.isEmpty()) {
            throw new IllegalStateException("no such fields: " + packageName + "." + name + " " + known.keySet());
        }
        return new Type(
                packageName + "." + name,
                Boolean.TRUE.equals(facts.get("typeMeta")),
                Boolean.TRUE.equals(facts.get("wraps")),
                "atomic".equals(facts.get("mapType")),
                unions(facts.get("unions")),
                members);
    }

    /** Each field of a union with the discriminator that tells it, or an empty one. */
    private static Map<String, String> unions(@Nullable Object unions) {
        Map<String, String> groups = new TreeMap<>();
        if (unions instanceof List<?> list) {
            for (Object union : list) {
                String discriminator = text(map(union).get("discriminator"));
                map(map(union).get("fields-to-discriminateBy"))
                        .keySet()
                        .forEach(field -> groups.put(field, discriminator));
            }
        }
        return groups;
    }

    private static char presence(String name, String type, Map<String, Object> facts) {
        for (String presence : List.of("optional", "nullable", "zeroOmitted", "always")) {
            if (strings(facts.get(presence)).contains(name)) {
                return presence.charAt(0);
            }
        }
        boolean scalar = type.indexOf('.') < 0 && type.indexOf(' ') < 0 && !type.equals("bytes");
        return scalar ? 'z' : 'o';
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static List<String> strings(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
