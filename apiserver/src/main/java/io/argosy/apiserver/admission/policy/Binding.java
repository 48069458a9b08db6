package io.argosy.apiserver.admission.policy;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.matching.Criteria;
import java.util.List;
import java.util.Optional;

/**
 * Puts a policy to work.
 *
 * @param criteria narrows what the policy is about; empty does not
 * @param actions what follows when a validation fails: Deny, Warn, Audit
 */
record Binding(
        String name, String policy, Optional<ParamRef> params, Optional<Criteria> criteria, List<String> actions) {

    Binding {
        actions = List.copyOf(actions);
    }

    /**
     * Which objects tell the policy more.
     *
     * @param name of the one, or empty when a selector says which
     * @param denyWithout whether the request is refused when there is none
     */
    record ParamRef(String name, String namespace, Optional<LabelSelector> selector, boolean denyWithout) {}

    static Binding of(ObjectValue binding) {
        ObjectValue spec = binding.object("spec").orElseGet(ObjectValue::new);
        return new Binding(
                binding.string("metadata", "name").orElse(""),
                spec.string("policyName").orElse(""),
                spec.object("paramRef")
                        .map(given -> new ParamRef(
                                given.string("name").orElse(""),
                                given.string("namespace").orElse(""),
                                given.object("selector").map(LabelSelector::of),
                                given.string("parameterNotFoundAction")
                                        .orElse("")
                                        .equals("Deny"))),
                spec.object("matchResources").map(Criteria::ofPolicy),
                spec.array("validationActions")
                        .map(list -> list.strings().toList())
                        .orElse(List.of()));
    }
}
