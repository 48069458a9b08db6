package io.argosy.apiserver.admission.policy;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.cel.Environment;
import io.argosy.apiserver.cel.Expression;
import io.argosy.apiserver.cel.PatchTypes;
import java.util.ArrayList;
import java.util.List;

/** A MutatingAdmissionPolicy ready to be followed. Immutable. */
record MutatingPolicy(PolicyHead head, Composition composition, List<Mutation> mutations, boolean reinvoked) {

    MutatingPolicy {
        mutations = List.copyOf(mutations);
    }

    /** One step. */
    sealed interface Mutation {

        Expression expression();

        /** Makes a part of an object that is merged as server-side apply does. */
        record Apply(Expression expression) implements Mutation {}

        /** Makes the operations of a JSON patch. */
        record Patch(Expression expression) implements Mutation {}
    }

    static MutatingPolicy of(ObjectValue policy) {
        ObjectValue spec = policy.object("spec").orElseGet(ObjectValue::new);
        List<ObjectValue> given =
                spec.array("mutations").stream().flatMap(ArrayValue::objects).toList();
        Composition composition = Composition.ofMutating(spec);
        Environment environment = composition.environment();
        List<Mutation> mutations = new ArrayList<>();
        for (ObjectValue mutation : given) {
            String apply = mutation.string("applyConfiguration", "expression").orElse("");
            String patch = mutation.string("jsonPatch", "expression").orElse("");
            mutations.add(
                    mutation.string("patchType").orElse("").equals("JSONPatch")
                            ? new Mutation.Patch(environment.compile(patch, List.of(PatchTypes.JSON_PATCHES)))
                            : new Mutation.Apply(environment.compile(apply, List.of(PatchTypes.OBJECT))));
        }
        return new MutatingPolicy(
                PolicyHead.of(policy),
                composition,
                mutations,
                spec.string("reinvocationPolicy").orElse("").equals("IfNeeded"));
    }
}
