package io.argosy.apiserver.registry.admissionregistration;

import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Spot;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What rules on operations and resources must keep. */
final class ResourceRules {

    private static final List<String> OPERATIONS = List.of("*", "CONNECT", "CREATE", "DELETE", "UPDATE");

    private ResourceRules() {}

    static void check(Spot rule) {
        Spot operations = rule.at("operations");
        if (operations.empty()) {
            operations.required("");
        }
        wildcardAlone(operations, "operations");
        for (Spot operation : operations.items()) {
            if (!OPERATIONS.contains(operation.text())) {
                operation.add(FieldError.notSupported(operation.path(), Value.of(operation.text()), OPERATIONS));
            }
        }
        if (rule.at("apiGroups").empty()) {
            rule.at("apiGroups").required("");
        }
        wildcardAlone(rule.at("apiGroups"), "API groups");
        Spot versions = rule.at("apiVersions");
        if (versions.empty()) {
            versions.required("");
        }
        wildcardAlone(versions, "API versions");
        for (Spot version : versions.items()) {
            if (version.text().isEmpty()) {
                version.required("");
            }
        }
        resources(rule.at("resources"));
        rule.at("scope").oneOf("*", "Cluster", "Namespaced");
    }

    private static void wildcardAlone(Spot list, String others) {
        if (list.items().size() > 1 && list.strings().contains("*")) {
            list.invalid("if '*' is present, must not specify other " + others);
        }
    }

    private static void resources(Spot resources) {
        if (resources.empty()) {
            resources.required("");
        }
        Set<String> allOf = new HashSet<>();
        Set<String> everywhere = new HashSet<>();
        boolean plain = false;
        for (Spot resource : resources.items()) {
            String text = resource.text();
            int slash = text.indexOf('/');
            if (text.isEmpty()) {
                resource.required("");
            } else if (slash < 0) {
                plain = !text.equals("*");
            } else {
                String name = text.substring(0, slash);
                String part = text.substring(slash + 1);
                if (allOf.contains(name)) {
                    resource.invalid("if '" + name + "/*' is present, must not specify " + text);
                }
                if (everywhere.contains(part)) {
                    resource.invalid("if '*/" + part + "' is present, must not specify " + text);
                }
                if (part.equals("*")) {
                    allOf.add(name);
                }
                if (name.equals("*")) {
                    everywhere.add(part);
                }
            }
        }
        List<String> all = resources.strings();
        if (all.size() > 1 && all.contains("*/*")) {
            resources.invalid("if '*/*' is present, must not specify other resources");
        }
        if (all.contains("*") && plain) {
            resources.invalid("if '*' is present, must not specify other resources without subresources");
        }
    }
}
