package io.argosy.apiserver.authz.rbac;

import io.argosy.apimodel.tree.ObjectValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The roles and bindings of a new cluster, read from {@code bootstrap-policy.txt}, which describes its own form. The
 * objects are as they are first written, defaults included.
 */
public record BootstrapPolicy(
        List<ObjectValue> clusterRoles,
        List<ObjectValue> clusterRoleBindings,
        List<ObjectValue> roles,
        List<ObjectValue> roleBindings) {

    static final String GROUP = "rbac.authorization.k8s.io";
    public static final String AUTOUPDATE = "rbac.authorization.kubernetes.io/autoupdate";

    private static final Map<String, List<String>> VERB_SETS = Map.of(
            "read", List.of("get", "list", "watch"),
            "write", List.of("create", "delete", "deletecollection", "patch", "update"),
            "manage", List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"));

    public static BootstrapPolicy load() {
        try (InputStream in = BootstrapPolicy.class.getResourceAsStream("bootstrap-policy.txt")) {
            if (in == null) {
                throw new IllegalStateException("bootstrap-policy.txt is not in the jar");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static BootstrapPolicy parse(String text) {
        BootstrapPolicy policy =
                new BootstrapPolicy(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        ObjectValue current = new ObjectValue();
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            List<String> words = List.of(line.strip().split(" +"));
            if (line.startsWith(" ")) {
                current.arrayOrNew("rules").add(rule(words).write());
            } else {
                current = policy.head(words);
            }
        }
        return policy;
    }

    private ObjectValue head(List<String> words) {
        String name = words.get(1);
        return switch (words.getFirst()) {
            case "clusterrole" -> add(clusterRoles, clusterRole(name, words.subList(2, words.size())));
            case "controller" -> controller("system:controller:" + name, name);
            case "role" -> add(roles, object("Role", name));
            case "clusterrolebinding" -> add(clusterRoleBindings, grant("ClusterRoleBinding", words));
            case "rolebinding" -> add(roleBindings, grant("RoleBinding", words));
            default -> throw new IllegalStateException("bootstrap policy: unknown paragraph " + words);
        };
    }

    private ObjectValue controller(String role, String account) {
        List<String> subjects = List.of("serviceaccount:kube-system/" + account);
        add(clusterRoleBindings, binding("ClusterRoleBinding", role, "clusterrole", role, subjects));
        return add(clusterRoles, clusterRole(role, List.of()));
    }

    private static ObjectValue add(List<ObjectValue> list, ObjectValue object) {
        list.add(object);
        return object;
    }

    private static ObjectValue grant(String kind, List<String> words) {
        return binding(kind, words.get(1), words.get(3), words.get(4), words.subList(6, words.size()));
    }

    private static ObjectValue clusterRole(String name, List<String> options) {
        ObjectValue role = object("ClusterRole", name);
        for (int i = 0; i + 1 < options.size(); i += 2) {
            String label = options.get(i + 1);
            if (options.get(i).equals("label")) {
                role.object("metadata", "labels").orElseThrow().put(label, "true");
            } else {
                role.objectOrNew("aggregationRule")
                        .arrayOrNew("clusterRoleSelectors")
                        .add(new ObjectValue().put("matchLabels", new ObjectValue().put(label, "true")));
            }
        }
        return role;
    }

    private static ObjectValue object(String kind, String name) {
        ObjectValue metadata = new ObjectValue();
        int slash = name.indexOf('/');
        metadata.put("name", name.substring(slash + 1));
        if (slash > 0) {
            metadata.put("namespace", name.substring(0, slash));
        }
        metadata.put("annotations", new ObjectValue().put(AUTOUPDATE, "true"));
        metadata.put("labels", new ObjectValue().put("kubernetes.io/bootstrapping", "rbac-defaults"));
        return new ObjectValue()
                .put("apiVersion", GROUP + "/v1")
                .put("kind", kind)
                .put("metadata", metadata);
    }

    private static ObjectValue binding(String kind, String name, String roleKind, String role, List<String> subjects) {
        ObjectValue binding = object(kind, name);
        binding.put(
                "roleRef",
                new ObjectValue()
                        .put("apiGroup", GROUP)
                        .put("kind", roleKind.equals("clusterrole") ? "ClusterRole" : "Role")
                        .put("name", role));
        for (String subject : subjects) {
            binding.arrayOrNew("subjects").add(subject(subject));
        }
        return binding;
    }

    private static ObjectValue subject(String text) {
        int colon = text.indexOf(':');
        String name = text.substring(colon + 1);
        return switch (text.substring(0, colon)) {
            case "user" ->
                new ObjectValue().put("apiGroup", GROUP).put("kind", "User").put("name", name);
            case "group" ->
                new ObjectValue().put("apiGroup", GROUP).put("kind", "Group").put("name", name);
            case "serviceaccount" -> {
                int slash = name.indexOf('/');
                yield new ObjectValue()
                        .put("kind", "ServiceAccount")
                        .put("name", name.substring(slash + 1))
                        .put("namespace", name.substring(0, slash));
            }
            default -> throw new IllegalStateException("bootstrap policy: unknown subject " + text);
        };
    }

    private static PolicyRule rule(List<String> words) {
        List<String> verbs = VERB_SETS.getOrDefault(words.get(0), commas(words.get(0)));
        if (words.get(1).equals("urls")) {
            return new PolicyRule(verbs, List.of(), List.of(), List.of(), commas(words.get(2)));
        }
        List<String> groups = commas(words.get(3)).stream()
                .map(group -> group.equals("core") ? "" : group)
                .toList();
        List<String> names = words.size() > 5 ? commas(words.get(5)) : List.of();
        return new PolicyRule(verbs, groups, commas(words.get(1)), names, List.of());
    }

    private static List<String> commas(String word) {
        return List.of(word.split(","));
    }
}
