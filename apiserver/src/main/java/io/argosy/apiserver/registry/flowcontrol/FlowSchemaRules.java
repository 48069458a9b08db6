package io.argosy.apiserver.registry.flowcontrol;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Rules;
import io.argosy.apiserver.registry.check.Spot;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules of FlowSchemas. */
public final class FlowSchemaRules {

    public static final Rules SCHEMAS =
            Rules.of(FlowSchemaRules::schema).onStatus((schema, old) -> conditions(schema.at("status")));

    private static final long LAST_PRECEDENCE = 10_000;
    private static final String[] VERBS = {
        "create", "delete", "deletecollection", "get", "list", "patch", "proxy", "update", "watch"
    };

    private FlowSchemaRules() {}

    private static void schema(Spot schema) {
        spec(schema.at("metadata").text("name"), schema.at("spec"));
        conditions(schema.at("status"));
    }

    private static void spec(String name, Spot spec) {
        Spot precedence = spec.at("matchingPrecedence");
        long place = precedence.number();
        if (place <= 0) {
            precedence.invalid(Value.of(place), "must be a positive value");
        }
        if (place > LAST_PRECEDENCE) {
            precedence.invalid("must not be greater than " + LAST_PRECEDENCE);
        }
        if (place == 1 && !name.equals("exempt")) {
            precedence.invalid("only the schema named 'exempt' may have matchingPrecedence 1");
        }
        if (spec.at("distinguisherMethod").present()) {
            Spot method = spec.at("distinguisherMethod", "type");
            if (!List.of("ByNamespace", "ByUser").contains(method.text())) {
                method.add(FieldError.notSupported(
                        method.path(), new ObjectValue().put("type", method.text()), List.of("ByNamespace", "ByUser")));
            }
        }
        Spot level = spec.at("priorityLevelConfiguration", "name");
        if (level.empty()) {
            level.required("must reference a priority level");
        }
        level.obeys(Names::dns1123Subdomain);
        spec.items("rules").forEach(FlowSchemaRules::rule);
    }

    private static void rule(Spot rule) {
        rule.items("subjects").forEach(FlowSchemaRules::subject);
        if (rule.at("subjects").empty()) {
            rule.at("subjects").required("subjects must contain at least one value");
        }
        if (rule.at("resourceRules").empty() && rule.at("nonResourceRules").empty()) {
            rule.required("at least one of resourceRules and nonResourceRules has to be non-empty");
        }
        rule.items("resourceRules").forEach(FlowSchemaRules::resources);
        rule.items("nonResourceRules").forEach(FlowSchemaRules::paths);
    }

    private static void subject(Spot subject) {
        switch (subject.text("kind")) {
            case "ServiceAccount" -> {
                account(subject.at("serviceAccount"));
                absent(subject, "user", "User");
                absent(subject, "group", "Group");
            }
            case "User" -> {
                named(subject.at("user"), "user", "User");
                absent(subject, "serviceAccount", "ServiceAccount");
                absent(subject, "group", "Group");
            }
            case "Group" -> {
                named(subject.at("group"), "group", "Group");
                absent(subject, "serviceAccount", "ServiceAccount");
                absent(subject, "user", "User");
            }
            default -> subject.at("kind").notSupported("Group", "ServiceAccount", "User");
        }
    }

    private static void absent(Spot subject, String field, String kind) {
        if (subject.at(field).present()) {
            subject.at(field).forbidden(field + " is forbidden when subject kind is not '" + kind + "'");
        }
    }

    private static boolean given(Spot subject, String field, String kind) {
        if (!subject.present()) {
            subject.required(field + " is required when subject kind is '" + kind + "'");
        }
        return subject.present();
    }

    private static void named(Spot subject, String field, String kind) {
        if (given(subject, field, kind)) {
            subject.at("name").needed();
        }
    }

    private static void account(Spot account) {
        if (!given(account, "serviceAccount", "ServiceAccount")) {
            return;
        }
        Spot name = account.at("name");
        if (name.needed() && !name.text().equals("*")) {
            name.obeys(Names::dns1123Subdomain);
        }
        Spot namespace = account.at("namespace");
        if (namespace.empty()) {
            namespace.required("must specify namespace for service account");
        }
        namespace.obeys(Names::dns1123Label);
    }

    private static void verbs(Spot verbs) {
        if (verbs.empty()) {
            verbs.required("verbs must contain at least one value");
        } else if (all(verbs)) {
            alone(verbs, "verbs");
        } else if (!new HashSet<>(List.of(VERBS)).containsAll(verbs.strings())) {
            verbs.notSupported(VERBS);
        }
    }

    private static boolean all(Spot list) {
        return list.strings().contains("*");
    }

    private static void alone(Spot list, String what) {
        if (all(list) && list.items().size() > 1) {
            list.invalid("if '*' is present, must not specify other " + what);
        }
    }

    private static void resources(Spot rule) {
        verbs(rule.at("verbs"));
        atLeastOne(rule.at("apiGroups"), "api group");
        atLeastOne(rule.at("resources"), "resource");
        Spot namespaces = rule.at("namespaces");
        if (namespaces.empty() && !rule.isTrue("clusterScope")) {
            namespaces.required("resource rules that are not cluster scoped must supply at least one namespace");
        }
        alone(namespaces, "namespaces");
        if (!all(namespaces)) {
            for (Spot namespace : namespaces.items()) {
                Names.dns1123Label(namespace.text())
                        .forEach(why ->
                                namespace.invalid("each member of this list must be '*' or a DNS-1123 label; " + why));
            }
        }
    }

    private static void atLeastOne(Spot list, String what) {
        if (list.empty()) {
            list.required("resource rules must supply at least one " + what);
        }
        alone(list, what + "s");
    }

    private static void paths(Spot rule) {
        verbs(rule.at("verbs"));
        Spot paths = rule.at("nonResourceURLs");
        if (paths.empty()) {
            paths.required("nonResourceURLs must contain at least one value");
        } else if (all(paths)) {
            alone(paths, "non-resource URLs");
        } else {
            paths.items().forEach(FlowSchemaRules::path);
        }
    }

    private static void path(Spot path) {
        String text = path.text();
        int star = text.indexOf('*');
        if (text.isEmpty()) {
            path.invalid("must not be empty");
        } else if (text.equals("/")) {
            return;
        } else if (!text.startsWith("/")) {
            path.invalid("must start with slash");
        } else if (text.contains(" ")) {
            path.invalid("must not contain white-space");
        } else if (text.contains("//")) {
            path.invalid("must not contain double slash");
        } else if (star >= 0 && star != text.length() - 1) {
            path.invalid("wildcard can only do suffix matching");
        } else if (star >= 0 && !text.endsWith("/*")) {
            path.invalid("suffix wildcard must come after a slash");
        }
    }

    /** Conditions of a status: each has a type, and no type is there twice. */
    static void conditions(Spot status) {
        Set<String> seen = new HashSet<>();
        for (Spot condition : status.items("conditions")) {
            condition.at("type").unique(seen);
            condition.at("type").needed();
        }
    }
}
