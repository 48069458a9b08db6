package io.argosy.apiserver.registry.admissionregistration;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Selectors;
import io.argosy.apiserver.registry.check.Spot;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What {@code MatchResources} must keep: selectors and rules, with names of objects. */
final class MatchResourcesRules {

    private static final List<String> MUTABLE = List.of("*", "CONNECT", "CREATE", "UPDATE");

    private MatchResourcesRules() {}

    static void check(Spot resources) {
        if (!resources.present()) {
            return;
        }
        resources.at("matchPolicy").oneOf("Equivalent", "Exact");
        for (String field : new String[] {"matchPolicy", "namespaceSelector", "objectSelector"}) {
            if (!resources.at(field).present()) {
                resources.at(field).required("");
            }
        }
        Selectors.check(resources.at("namespaceSelector"));
        Selectors.check(resources.at("objectSelector"));
        resources.items("resourceRules").forEach(MatchResourcesRules::rule);
        resources.items("excludeResourceRules").forEach(MatchResourcesRules::rule);
    }

    private static void rule(Spot rule) {
        Set<String> seen = new HashSet<>();
        for (Spot name : rule.items("resourceNames")) {
            name.obeys(Names::pathSegment);
            name.unique(seen);
        }
        ResourceRules.check(rule);
    }

    /** What is deleted cannot be mutated. */
    static void checkMutable(Spot resources) {
        for (Spot rule : resources.items("resourceRules")) {
            for (Spot operation : rule.items("operations")) {
                if (!MUTABLE.contains(operation.text())) {
                    Spot all = resources.at("resourceRules", "operations");
                    all.add(FieldError.notSupported(all.path(), Value.of(operation.text()), MUTABLE));
                }
            }
        }
    }
}
