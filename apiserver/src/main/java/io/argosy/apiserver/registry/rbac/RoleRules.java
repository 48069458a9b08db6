package io.argosy.apiserver.registry.rbac;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Rules;
import io.argosy.apiserver.registry.check.Selectors;
import io.argosy.apiserver.registry.check.Spot;
import java.util.List;

/** The rules of roles and of their bindings. */
public final class RoleRules {

    public static final Rules ROLES = Rules.of(role -> policies(role, true));
    public static final Rules CLUSTER_ROLES = Rules.of(RoleRules::clusterRole);
    public static final Rules ROLE_BINDINGS =
            Rules.of(binding -> binding(binding, true)).onUpdate(RoleRules::sameRole);
    public static final Rules CLUSTER_ROLE_BINDINGS =
            Rules.of(binding -> binding(binding, false)).onUpdate(RoleRules::sameRole);

    private static final String GROUP = "rbac.authorization.k8s.io";

    private RoleRules() {}

    private static void clusterRole(Spot role) {
        policies(role, false);
        Spot aggregation = role.at("aggregationRule");
        if (aggregation.present()) {
            if (aggregation.at("clusterRoleSelectors").empty()) {
                aggregation
                        .at("clusterRoleSelectors")
                        .required("at least one clusterRoleSelector required if aggregationRule is non-nil");
            }
            aggregation.items("clusterRoleSelectors").forEach(Selectors::check);
        }
    }

    private static void policies(Spot role, boolean namespaced) {
        for (Spot rule : role.items("rules")) {
            if (rule.at("verbs").empty()) {
                rule.at("verbs").required("verbs must contain at least one value");
            }
            Spot urls = rule.at("nonResourceURLs");
            if (!urls.empty()) {
                if (namespaced) {
                    urls.invalid("namespaced rules cannot apply to non-resource URLs");
                }
                if (!rule.at("apiGroups").empty()
                        || !rule.at("resources").empty()
                        || !rule.at("resourceNames").empty()) {
                    urls.invalid("rules cannot apply to both regular resources and non-resource URLs");
                }
                continue;
            }
            if (rule.at("apiGroups").empty()) {
                rule.at("apiGroups").required("resource rules must supply at least one api group");
            }
            if (rule.at("resources").empty()) {
                rule.at("resources").required("resource rules must supply at least one resource");
            }
        }
    }

    private static void binding(Spot binding, boolean namespaced) {
        Spot role = binding.at("roleRef");
        unless(role.at("apiGroup"), GROUP);
        List<String> kinds = namespaced ? List.of("Role", "ClusterRole") : List.of("ClusterRole");
        if (!kinds.contains(role.text("kind"))) {
            role.at("kind").notSupported(kinds.toArray(String[]::new));
        }
        role.at("name").name(Names::pathSegment);
        for (Spot subject : binding.items("subjects")) {
            subject(subject, namespaced);
        }
    }

    private static void subject(Spot subject, boolean namespaced) {
        subject.at("name").needed();
        switch (subject.text("kind")) {
            case "ServiceAccount" -> {
                subject.at("name").obeys(Names::dns1123Subdomain);
                unless(subject.at("apiGroup"), "");
                if (!namespaced) {
                    subject.at("namespace").needed();
                }
            }
            case "User", "Group" -> unless(subject.at("apiGroup"), GROUP);
            default -> subject.at("kind").notSupported("ServiceAccount", "User", "Group");
        }
    }

    private static void unless(Spot place, String only) {
        if (!place.text().equals(only)) {
            place.add(FieldError.notSupported(place.path(), Value.of(place.text()), List.of(only)));
        }
    }

    private static void sameRole(Spot binding, Spot old) {
        if (!binding.at("roleRef").same(old.at("roleRef"))) {
            binding.at("roleRef").invalid("cannot change roleRef");
        }
    }
}
