package io.argosy.apiserver.admission.matching;

import io.argosy.apimodel.meta.GroupVersionResource;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.Operation;
import java.util.List;

/**
 * A {@code RuleWithOperations}; {@code *} stands for all.
 *
 * @param resources {@code pods}, {@code pods/status}, {@code pods/*}
 * @param names of objects, all when empty: policies have them, webhooks not
 */
public record ResourceRule(
        List<String> operations,
        List<String> groups,
        List<String> versions,
        List<String> resources,
        List<String> names,
        String scope) {

    private static final String ALL = "*";

    public ResourceRule {
        operations = List.copyOf(operations);
        groups = List.copyOf(groups);
        versions = List.copyOf(versions);
        resources = List.copyOf(resources);
        names = List.copyOf(names);
    }

    public static ResourceRule of(ObjectValue rule) {
        return new ResourceRule(
                strings(rule, "operations"),
                strings(rule, "apiGroups"),
                strings(rule, "apiVersions"),
                strings(rule, "resources"),
                strings(rule, "resourceNames"),
                rule.string("scope").orElse(ALL));
    }

    private static List<String> strings(ObjectValue rule, String field) {
        return rule.array(field).map(list -> list.strings().toList()).orElse(List.of());
    }

    /** What a rule looks at of a request. */
    public record Subject(
            Operation operation, GroupVersionResource resource, String subresource, String namespace, String name) {

        private boolean isNamespace() {
            return resource.group().isEmpty() && resource.resource().equals("namespaces");
        }

        /** Namespaces are not in themselves. */
        boolean namespaced() {
            return !isNamespace() && !namespace.isEmpty();
        }

        Subject as(GroupVersionResource other) {
            return new Subject(operation, other, subresource, namespace, name);
        }
    }

    public boolean matches(Subject subject) {
        return has(operations, subject.operation().name())
                && has(groups, subject.resource().group())
                && has(versions, subject.resource().version())
                && inScope(subject)
                && resources.stream().anyMatch(pattern -> matches(pattern, subject))
                && (names.isEmpty() || names.contains(subject.name()));
    }

    private static boolean has(List<String> allowed, String one) {
        return allowed.contains(ALL) || allowed.contains(one);
    }

    private boolean inScope(Subject subject) {
        return switch (scope) {
            case "Namespaced" -> subject.namespaced();
            case "Cluster" -> !subject.namespaced();
            default -> true;
        };
    }

    private static boolean matches(String pattern, Subject subject) {
        int slash = pattern.indexOf('/');
        String resource = slash < 0 ? pattern : pattern.substring(0, slash);
        String subresource = slash < 0 ? "" : pattern.substring(slash + 1);
        return (resource.equals(ALL) || resource.equals(subject.resource().resource()))
                && (subresource.equals(ALL) || subresource.equals(subject.subresource()));
    }
}
