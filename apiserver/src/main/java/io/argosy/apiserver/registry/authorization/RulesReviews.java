package io.argosy.apiserver.registry.authorization;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.authn.UserInfo;
import io.argosy.apiserver.authz.rbac.PolicyRule;
import io.argosy.apiserver.authz.rbac.RbacPolicy;
import io.argosy.apiserver.registry.Creator;
import java.util.ArrayList;
import java.util.List;

/** {@code selfsubjectrulesreviews}: all that callers may do in a namespace, as far as rules tell it. */
public final class RulesReviews implements Creator {

    private final RbacPolicy policy;
    private final boolean otherModes;

    /** @param otherModes whether the node authorizer, which cannot list its rules, may allow more */
    public RulesReviews(RbacPolicy policy, boolean otherModes) {
        this.policy = policy;
        this.otherModes = otherModes;
    }

    @Override
    public ObjectValue create(Call call) {
        String namespace = call.body().string("spec", "namespace").orElse("");
        if (namespace.isEmpty()) {
            throw ApiException.badRequest("no namespace on request");
        }
        call.admit().run();
        ArrayValue resources = new ArrayValue();
        ArrayValue paths = new ArrayValue();
        UserInfo user = call.request().user();
        List<PolicyRule> rules = new ArrayList<>();
        if (user.in(UserInfo.MASTERS_GROUP)) {
            rules.add(new PolicyRule(List.of("*"), List.of("*"), List.of("*"), List.of(), List.of()));
            rules.add(new PolicyRule(List.of("*"), List.of(), List.of(), List.of(), List.of("*")));
        }
        rules.addAll(policy.rulesFor(user, namespace));
        rules.forEach(rule -> (rule.paths().isEmpty() ? resources : paths).add(rule.write()));
        ObjectValue status = new ObjectValue()
                .put("resourceRules", resources)
                .put("nonResourceRules", paths)
                .put("incomplete", otherModes);
        List<String> problems = new ArrayList<>();
        if (otherModes) {
            problems.add("node authorizer does not support user rule resolution");
        }
        problems.addAll(policy.missingRoles(user, namespace));
        if (!problems.isEmpty()) {
            status.put("evaluationError", String.join(", ", problems));
        }
        ObjectValue review = call.body();
        review.put("metadata", new ObjectValue()).put("spec", new ObjectValue());
        return review.put("status", status);
    }
}
