package io.argosy.apiserver.crd.rules;

import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.cel.Budget;
import java.util.List;
import java.util.Optional;

/** All rules of a custom resource's schema. Immutable; used by any thread. */
public final class CustomRules {

    private static final List<FieldError.Type> BLOCKING = List.of(
            FieldError.Type.REQUIRED, FieldError.Type.TOO_LONG, FieldError.Type.TOO_MANY, FieldError.Type.TYPE_INVALID);

    private final Optional<RuleNode> root;

    private CustomRules(Optional<RuleNode> root) {
        this.root = root;
    }

    /** Compiles the rules; those that do not compile tell it for every object. */
    public static CustomRules of(ObjectSchema schema) {
        return new CustomRules(RuleNode.of(schema));
    }

    /**
     * What an object does not keep. Rules that did not hold before are not told again for values that are as they were.
     *
     * @param found errors against the schema; with some of them values are not such that rules can look at them
     */
    public List<FieldError> errors(ObjectValue object, Optional<ObjectValue> old, List<FieldError> found) {
        if (root.isEmpty()) {
            return List.of();
        }
        if (found.stream().anyMatch(error -> BLOCKING.contains(error.type()))) {
            return List.of(FieldError.invalid(
                    FieldPath.ROOT,
                    io.argosy.apimodel.tree.NullValue.NULL,
                    "some validation rules were not checked because the object was invalid; correct the existing errors"
                            + " to complete validation"));
        }
        RuleCheck check = new RuleCheck(Budget.ofPolicy());
        check.node(root.get(), object, old.map(Value.class::cast), () -> false, FieldPath.ROOT);
        return check.errors();
    }
}
