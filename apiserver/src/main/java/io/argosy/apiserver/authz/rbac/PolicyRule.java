package io.argosy.apiserver.authz.rbac;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.authz.Attributes;
import java.util.List;
import java.util.Set;

/**
 * One rule of a role: these verbs on these resources, or on these paths.
 *
 * @param names resource names; empty means all
 * @param paths non-resource URLs, each exact or ending in {@code *}
 */
public record PolicyRule(
        List<String> verbs, List<String> groups, List<String> resources, List<String> names, List<String> paths) {

    static final String ALL = "*";

    public PolicyRule {
        verbs = List.copyOf(verbs);
        groups = List.copyOf(groups);
        resources = List.copyOf(resources);
        names = List.copyOf(names);
        paths = List.copyOf(paths);
    }

    /** Reads a rule as a role holds it. */
    public static PolicyRule read(ObjectValue rule) {
        return new PolicyRule(
                strings(rule, "verbs"),
                strings(rule, "apiGroups"),
                strings(rule, "resources"),
                strings(rule, "resourceNames"),
                strings(rule, "nonResourceURLs"));
    }

    public static List<PolicyRule> readAll(ObjectValue role) {
        return role.array("rules")
                .map(rules -> rules.objects().map(PolicyRule::read).toList())
                .orElse(List.of());
    }

    private static List<String> strings(ObjectValue rule, String field) {
        return rule.array(field).map(array -> array.strings().toList()).orElse(List.of());
    }

    public ObjectValue write() {
        ObjectValue rule = new ObjectValue();
        putStrings(rule, "verbs", verbs);
        putStrings(rule, "apiGroups", groups);
        putStrings(rule, "resources", resources);
        putStrings(rule, "resourceNames", names);
        putStrings(rule, "nonResourceURLs", paths);
        return rule;
    }

    private static void putStrings(ObjectValue rule, String field, List<String> values) {
        if (!values.isEmpty()) {
            rule.put(field, ArrayValue.ofStrings(values));
        }
    }

    /** Whether this rule lets a request pass. */
    public boolean allows(Attributes request) {
        if (!matches(verbs, request.verb())) {
            return false;
        }
        if (!request.resourceRequest()) {
            return matchesPath(request.path());
        }
        String part = request.subresource();
        String combined = part.isEmpty() ? request.resource() : request.resource() + "/" + part;
        return matches(groups, request.group())
                && matchesResource(resources, combined, part)
                && (names.isEmpty() || names.contains(request.name()));
    }

    private static boolean matches(List<String> allowed, String asked) {
        return allowed.contains(ALL) || allowed.contains(asked);
    }

    /** {@code *} is all, {@code pods/log} is itself, {@code * /scale} (without the blank) is that part of all. */
    static boolean matchesResource(List<String> allowed, String combined, String subresource) {
        if (allowed.contains(ALL) || allowed.contains(combined)) {
            return true;
        }
        return !subresource.isEmpty() && allowed.contains("*/" + subresource);
    }

    private boolean matchesPath(String path) {
        for (String pattern : paths) {
            if (pattern.equals(ALL) || pattern.equals(path)) {
                return true;
            }
            if (pattern.endsWith(ALL) && path.startsWith(stripStars(pattern))) {
                return true;
            }
        }
        return false;
    }

    private static String stripStars(String pattern) {
        int end = pattern.length();
        while (end > 0 && pattern.charAt(end - 1) == '*') {
            end--;
        }
        return pattern.substring(0, end);
    }

    /** Whether whoever has this rule has all of {@code asked}, itself one verb, one group, one resource or one path. */
    boolean covers(PolicyRule asked) {
        if (!coversAll(verbs, asked.verbs)) {
            return false;
        }
        if (!asked.paths.isEmpty()) {
            return asked.paths.stream().allMatch(this::coversPath);
        }
        return coversAll(groups, asked.groups)
                && asked.resources.stream().allMatch(this::coversResource)
                && (names.isEmpty()
                        || (!asked.names.isEmpty() && Set.copyOf(names).containsAll(asked.names)));
    }

    private static boolean coversAll(List<String> owned, List<String> asked) {
        return owned.contains(ALL) || owned.containsAll(asked);
    }

    private boolean coversResource(String asked) {
        int slash = asked.indexOf('/');
        return matchesResource(resources, asked, slash < 0 ? "" : asked.substring(slash + 1));
    }

    private boolean coversPath(String asked) {
        for (String owned : paths) {
            if (owned.equals(asked)
                    || (owned.endsWith(ALL) && asked.startsWith(owned.substring(0, owned.length() - 1)))) {
                return true;
            }
        }
        return false;
    }

    /** The words of an escalation refusal: {@code {APIGroups:["apps"], Resources:["deployments"], Verbs:["get"]}}. */
    String compact() {
        StringBuilder text = new StringBuilder("{");
        appendList(text, "APIGroups", groups);
        appendList(text, "Resources", resources);
        appendList(text, "NonResourceURLs", paths);
        appendList(text, "ResourceNames", names);
        appendList(text, "Verbs", verbs);
        return text.append('}').toString();
    }

    private static void appendList(StringBuilder text, String name, List<String> values) {
        if (values.isEmpty()) {
            return;
        }
        if (text.length() > 1) {
            text.append(", ");
        }
        text.append(name).append(":[");
        for (int i = 0; i < values.size(); i++) {
            text.append(i == 0 ? "" : " ").append('"').append(values.get(i)).append('"');
        }
        text.append(']');
    }
}
