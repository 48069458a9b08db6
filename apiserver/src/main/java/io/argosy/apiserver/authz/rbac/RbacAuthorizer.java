package io.argosy.apiserver.authz.rbac;

import io.argosy.apiserver.authz.Attributes;
import io.argosy.apiserver.authz.Authorizer;
import io.argosy.apiserver.authz.Decision;
import java.util.List;

/** The mode RBAC: allows what some rule of the user allows, and has no opinion on the rest. */
public final class RbacAuthorizer implements Authorizer {

    private static final Decision SILENT = new Decision.NoOpinion("");

    private final RbacPolicy policy;

    public RbacAuthorizer(RbacPolicy policy) {
        this.policy = policy;
    }

    @Override
    public Decision authorize(Attributes request) {
        String namespace = request.resourceRequest() ? request.namespace() : "";
        for (RbacPolicy.Grant grant : policy.grants(request.user(), namespace)) {
            for (PolicyRule rule : grant.rules()) {
                if (rule.allows(request)) {
                    return new Decision.Allow(grant.binding().reason(grant.subject()));
                }
            }
        }
        List<String> missing = policy.missingRoles(request.user(), namespace);
        return missing.isEmpty() ? SILENT : new Decision.NoOpinion("RBAC: " + describe(missing));
    }

    private static String describe(List<String> missing) {
        return missing.size() == 1 ? missing.getFirst() : "[" + String.join(", ", missing) + "]";
    }
}
