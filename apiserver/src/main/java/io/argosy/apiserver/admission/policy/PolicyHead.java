package io.argosy.apiserver.admission.policy;

import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.expression.AdmissionEnvironments;
import io.argosy.apiserver.admission.expression.MatchConditions;
import io.argosy.apiserver.admission.matching.Criteria;
import java.util.Optional;

/** What policies of both kinds have: whom they are about. */
record PolicyHead(
        String name,
        Criteria criteria,
        Optional<ParamKind> paramKind,
        MatchConditions conditions,
        boolean ignoresFailures) {

    /** The kind of the objects that tell a policy more. */
    record ParamKind(String apiVersion, String kind) {
        @Override
        public String toString() {
            return apiVersion + ", Kind=" + kind;
        }
    }

    static PolicyHead of(ObjectValue policy) {
        ObjectValue spec = policy.object("spec").orElseGet(ObjectValue::new);
        Optional<ParamKind> paramKind = spec.object("paramKind")
                .map(given -> new ParamKind(
                        given.string("apiVersion").orElse(""),
                        given.string("kind").orElse("")));
        return new PolicyHead(
                policy.string("metadata", "name").orElse(""),
                Criteria.ofPolicy(spec.object("matchConstraints").orElseGet(ObjectValue::new)),
                paramKind,
                MatchConditions.of(spec, AdmissionEnvironments.of(names(spec))),
                spec.string("failurePolicy").orElse("").equals("Ignore"));
    }

    /** What its expressions may name. */
    static AdmissionEnvironments.Names names(ObjectValue spec) {
        return new AdmissionEnvironments.Names(spec.at("paramKind").isPresent(), true);
    }
}
