package io.argosy.apiserver.authz.rbac;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;

/**
 * A RoleBinding, or a ClusterRoleBinding when its namespace is empty.
 *
 * @param clusterRole whether the role it grants is a ClusterRole
 * @param texts each subject as a decision's reason names it, in the order of {@code subjects}
 */
record Binding(ObjectKey key, boolean clusterRole, String role, List<Subject> subjects, List<String> texts) {

    static Binding read(ObjectKey key, ObjectValue binding) {
        List<ObjectValue> subjects =
                binding.array("subjects").map(array -> array.objects().toList()).orElse(List.of());
        return new Binding(
                key,
                binding.string("roleRef", "kind").orElse("").equals("ClusterRole"),
                binding.string("roleRef", "name").orElse(""),
                subjects.stream()
                        .map(subject -> Subject.read(subject, key.namespace()))
                        .toList(),
                subjects.stream().map(subject -> text(subject, key.namespace())).toList());
    }

    private static String text(ObjectValue subject, String bindingNamespace) {
        String kind = subject.string("kind").orElse("");
        String name = subject.string("name").orElse("");
        if (kind.equals("ServiceAccount")) {
            String namespace =
                    subject.string("namespace").filter(ns -> !ns.isEmpty()).orElse(bindingNamespace);
            return "ServiceAccount \"" + name + "/" + namespace + "\"";
        }
        return kind + " \"" + name + "\"";
    }

    /** {@code RBAC: allowed by ClusterRoleBinding "x" of ClusterRole "y" to User "z"}. */
    String reason(int subject) {
        String binding = key.namespace().isEmpty()
                ? "ClusterRoleBinding \"" + key.name() + "\""
                : "RoleBinding \"" + key.name() + "/" + key.namespace() + "\"";
        String granted = (clusterRole ? "ClusterRole \"" : "Role \"") + role + "\"";
        return "RBAC: allowed by " + binding + " of " + granted + " to " + texts.get(subject);
    }
}
