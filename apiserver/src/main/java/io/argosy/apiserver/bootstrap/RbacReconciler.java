package io.argosy.apiserver.bootstrap;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.authz.rbac.BootstrapPolicy;
import io.argosy.apiserver.authz.rbac.Escalation;
import io.argosy.apiserver.authz.rbac.PolicyRule;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import io.argosy.apiserver.registry.lifecycle.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings the default roles and bindings to what they should be: what is missing is added, what was added stays. Those whose
 * annotation {@code autoupdate} is {@code false} are left alone.
 */
final class RbacReconciler {

    private final ClusterObjects objects;

    RbacReconciler(ClusterObjects objects) {
        this.objects = objects;
    }

    void run(BootstrapPolicy policy) {
        policy.clusterRoles().forEach(role -> role(Resources.CLUSTER_ROLES, role));
        policy.clusterRoleBindings().forEach(binding -> binding(Resources.CLUSTER_ROLE_BINDINGS, binding));
        policy.roles().forEach(role -> role(Resources.ROLES, role));
        policy.roleBindings().forEach(binding -> binding(Resources.ROLE_BINDINGS, binding));
    }

    private static String namespace(ObjectValue object) {
        return object.string("metadata", "namespace").orElse("");
    }

    private static String name(ObjectValue object) {
        return object.string("metadata", "name").orElseThrow();
    }

    /** Creates the object when it is absent; else what is there. */
    private Optional<ObjectValue> createOrFind(GroupResource resource, ObjectValue wanted) {
        Optional<ObjectValue> existing = objects.findLatest(resource, namespace(wanted), name(wanted));
        if (existing.isPresent()) {
            return existing;
        }
        try {
            objects.create(resource, wanted);
            return Optional.empty();
        } catch (ApiException e) {
            if (e.reason().equals("AlreadyExists")) {
                return objects.findLatest(resource, namespace(wanted), name(wanted));
            }
            throw e;
        }
    }

    private static boolean isProtected(ObjectValue object) {
        return object.string("metadata", "annotations", BootstrapPolicy.AUTOUPDATE)
                .orElse("")
                .equals("false");
    }

    private void role(GroupResource resource, ObjectValue wanted) {
        Optional<ObjectValue> existing = createOrFind(resource, wanted);
        if (existing.isEmpty() || isProtected(existing.get())) {
            return;
        }
        objects.update(resource, namespace(wanted), name(wanted), role -> {
            addMarks(role, wanted);
            if (wanted.has("aggregationRule")) {
                addMissing(
                        role.objectOrNew("aggregationRule"),
                        wanted.object("aggregationRule").orElseThrow(),
                        "clusterRoleSelectors");
                return role;
            }
            List<PolicyRule> held = PolicyRule.readAll(role);
            for (PolicyRule rule : PolicyRule.readAll(wanted)) {
                if (!Escalation.covers(held, rule)) {
                    role.arrayOrNew("rules").add(rule.write());
                }
            }
            return role;
        });
    }

    private static void addMarks(ObjectValue object, ObjectValue wanted) {
        for (String field : List.of("labels", "annotations")) {
            wanted.object("metadata", field)
                    .ifPresent(marks -> marks.fields()
                            .forEach((key, value) -> object.objectOrNew("metadata")
                                    .objectOrNew(field)
                                    .put(key, value)));
        }
    }

    private static void addMissing(ObjectValue object, ObjectValue wanted, String field) {
        List<Value> missing = new ArrayList<>();
        ArrayValue present = object.array(field).orElseGet(ArrayValue::new);
        wanted.array(field)
                .ifPresent(all -> all.forEach(item -> {
                    if (present.items().stream().noneMatch(other -> Trees.same(other, item))) {
                        missing.add(item.copy());
                    }
                }));
        if (!missing.isEmpty()) {
            missing.forEach(object.arrayOrNew(field)::add);
        }
    }

    private void binding(GroupResource resource, ObjectValue wanted) {
        Optional<ObjectValue> existing = createOrFind(resource, wanted);
        if (existing.isEmpty() || isProtected(existing.get())) {
            return;
        }
        if (!Trees.same(existing.get().at("roleRef"), wanted.at("roleRef"))) {
            String uid = existing.get().string("metadata", "uid").orElse("");
            objects.delete(resource, namespace(wanted), name(wanted), uid);
            objects.create(resource, wanted);
            return;
        }
        objects.update(resource, namespace(wanted), name(wanted), binding -> {
            addMarks(binding, wanted);
            addMissing(binding, wanted, "subjects");
            return binding;
        });
    }
}
