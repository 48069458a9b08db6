package io.argosy.apiserver.admission.escalation;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionPlugin;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.authn.UserInfo;
import io.argosy.apiserver.authz.Attributes;
import io.argosy.apiserver.authz.Authorizer;
import io.argosy.apiserver.authz.rbac.Escalation;
import io.argosy.apiserver.authz.rbac.PolicyRule;
import io.argosy.apiserver.authz.rbac.RbacPolicy;
import io.argosy.apiserver.objects.Resources;
import io.argosy.apiserver.registry.lifecycle.Trees;
import java.util.List;
import java.util.Optional;

/**
 * Refuses roles and bindings that give more than their writer has, unless the verbs {@code escalate} or {@code bind} allow.
 *
 * <p>Source: Kubernetes page "Using RBAC Authorization", privilege escalation prevention and bootstrapping.
 */
public final class RoleEscalation implements AdmissionPlugin {

    private static final String GROUP = "rbac.authorization.k8s.io";

    private final RbacPolicy policy;
    private final Authorizer authorizer;

    public RoleEscalation(RbacPolicy policy, Authorizer authorizer) {
        this.policy = policy;
        this.authorizer = authorizer;
    }

    @Override
    public String name() {
        return "RoleEscalation";
    }

    @Override
    public boolean handles(Operation operation) {
        return operation == Operation.CREATE || operation == Operation.UPDATE;
    }

    @Override
    public void validate(AdmissionRequest request) {
        if (!request.resource().group().equals(GROUP) || request.user().in(UserInfo.MASTERS_GROUP)) {
            return;
        }
        ObjectValue object = request.object().orElseThrow();
        if (request.oldObject().map(old -> onlyCollected(object, old)).orElse(false)) {
            return;
        }
        GroupResource resource = request.resource().groupResource();
        if (resource.equals(Resources.ROLES) || resource.equals(Resources.CLUSTER_ROLES)) {
            checkRole(request, object);
        } else if (resource.equals(Resources.ROLE_BINDINGS) || resource.equals(Resources.CLUSTER_ROLE_BINDINGS)) {
            checkBinding(request, object);
        }
    }

    /** Whether an update changes nothing but what the garbage collector needs to let the object go. */
    private static boolean onlyCollected(ObjectValue object, ObjectValue old) {
        ObjectValue first = object.copy();
        ObjectValue second = old.copy();
        for (ObjectValue tree : List.of(first, second)) {
            ObjectValue metadata = tree.objectOrNew("metadata");
            List.of("ownerReferences", "finalizers", "managedFields", "resourceVersion")
                    .forEach(metadata::remove);
        }
        boolean touched = !Trees.same(object.at("metadata", "ownerReferences"), old.at("metadata", "ownerReferences"))
                || !Trees.same(object.at("metadata", "finalizers"), old.at("metadata", "finalizers"));
        return touched && Trees.same(first, second);
    }

    private void checkRole(AdmissionRequest request, ObjectValue role) {
        UserInfo user = request.user();
        GroupResource resource = request.resource().groupResource();
        if (allowed(user, "escalate", request.namespace(), resource.resource(), request.name())) {
            return;
        }
        List<PolicyRule> held = policy.rulesFor(user, request.namespace());
        refuse(request, Escalation.refusal(user, held, PolicyRule.readAll(role)));
        boolean aggregates = aggregates(role)
                || request.oldObject().map(RoleEscalation::aggregates).orElse(false);
        if (aggregates && Escalation.refusal(user, held, Escalation.EVERYTHING).isPresent()) {
            refuse(request, Optional.of("must have cluster-admin privileges to use the aggregationRule"));
        }
    }

    private static boolean aggregates(ObjectValue role) {
        return role.array("aggregationRule", "clusterRoleSelectors")
                .map(selectors -> !selectors.isEmpty())
                .orElse(false);
    }

    private void checkBinding(AdmissionRequest request, ObjectValue binding) {
        UserInfo user = request.user();
        String role = binding.string("roleRef", "name").orElse("");
        boolean cluster = binding.string("roleRef", "kind").orElse("").equals("ClusterRole");
        if (allowed(user, "bind", request.namespace(), cluster ? "clusterroles" : "roles", role)) {
            return;
        }
        List<PolicyRule> granted = policy.rulesOf(cluster, role, request.namespace())
                .orElseThrow(() ->
                        ApiException.notFound(new GroupResource(GROUP, cluster ? "clusterroles" : "roles"), role));
        refuse(request, Escalation.refusal(user, policy.rulesFor(user, request.namespace()), granted));
    }

    private boolean allowed(UserInfo user, String verb, String namespace, String resource, String name) {
        return authorizer
                .authorize(Attributes.resource(user, verb, namespace, GROUP, "*", resource, "", name))
                .allowed();
    }

    private static void refuse(AdmissionRequest request, Optional<String> why) {
        why.ifPresent(text -> {
            String name = request.object()
                    .flatMap(object -> object.string("metadata", "name"))
                    .orElse(request.name());
            throw ApiException.forbidden(request.resource().groupResource(), name, text);
        });
    }
}
