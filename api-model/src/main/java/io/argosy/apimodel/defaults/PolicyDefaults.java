package io.argosy.apimodel.defaults;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;

/** Network policies: which directions they speak of. */
final class PolicyDefaults {

    private PolicyDefaults() {}

    static void fillNetworkPolicy(ObjectValue policy) {
        ObjectValue spec = policy.objectOrNew("spec");
        if (spec.array("policyTypes").filter(types -> !types.isEmpty()).isPresent()) {
            return;
        }
        ArrayValue types = ArrayValue.of(Value.of("Ingress"));
        if (spec.array("egress").filter(rules -> !rules.isEmpty()).isPresent()) {
            types.add(Value.of("Egress"));
        }
        spec.put("policyTypes", types);
    }
}
