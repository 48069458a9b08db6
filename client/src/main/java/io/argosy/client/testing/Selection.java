package io.argosy.client.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Namespace, label selector and field selector of a request. */
record Selection(String namespace, List<Predicate<JsonNode>> conditions) {

    private static final Pattern SET = Pattern.compile("\\s*(\\S+)\\s+(in|notin)\\s+\\(([^)]*)\\)\\s*");

    static Selection of(Address address, Map<String, String> query) {
        List<Predicate<JsonNode>> conditions = new ArrayList<>();
        for (String part : split(query.getOrDefault("labelSelector", ""))) {
            conditions.add(label(part.strip()));
        }
        for (String part : split(query.getOrDefault("fieldSelector", ""))) {
            conditions.add(field(part.strip()));
        }
        return new Selection(address.namespace(), conditions);
    }

    boolean matches(JsonNode object) {
        boolean here = namespace.isEmpty()
                || object.path("metadata").path("namespace").asString("").equals(namespace);
        return here && conditions.stream().allMatch(condition -> condition.test(object));
    }

    private static List<String> split(String selector) {
        return selector.isBlank() ? List.of() : Arrays.asList(selector.split(",(?![^(]*\\))"));
    }

    private static Predicate<JsonNode> label(String part) {
        Matcher set = SET.matcher(part);
        if (set.matches()) {
            List<String> values =
                    Arrays.stream(set.group(3).split(",")).map(String::strip).toList();
            boolean in = set.group(2).equals("in");
            return object -> {
                JsonNode value = labels(object).path(set.group(1));
                return in == (!value.isMissingNode() && values.contains(value.asString("")));
            };
        }
        if (part.startsWith("!")) {
            return object -> !labels(object).has(part.substring(1));
        }
        if (part.indexOf('=') < 0) {
            return object -> labels(object).has(part);
        }
        return equality(part, (object, name) -> labels(object).path(name).asString("\u0000"));
    }

    private static JsonNode labels(JsonNode object) {
        return object.path("metadata").path("labels");
    }

    private static Predicate<JsonNode> field(String part) {
        return equality(part, (object, name) -> {
            JsonNode node = object;
            for (String step : name.split("\\.")) {
                node = node.path(step);
            }
            return node.isValueNode() ? node.asString() : "";
        });
    }

    private interface Lookup {
        String of(JsonNode object, String name);
    }

    private static Predicate<JsonNode> equality(String part, Lookup lookup) {
        int not = part.indexOf("!=");
        if (not >= 0) {
            return object -> !lookup.of(object, part.substring(0, not).strip())
                    .equals(part.substring(not + 2).strip());
        }
        int at = part.indexOf('=');
        String value = part.substring(at + 1).replaceFirst("^=", "").strip();
        return object -> lookup.of(object, part.substring(0, at).strip()).equals(value);
    }
}
