package io.argosy.apiserver.crd.rules;

import io.argosy.apimodel.schema.Checks;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apiserver.cel.Expression;
import java.util.Optional;

/**
 * A rule ready to be evaluated.
 *
 * @param transition whether it compares with the old value
 */
record CompiledRule(
        Checks.Rule rule, Expression expression, Optional<Expression> messageExpression, boolean transition) {

    /** What to say when the rule does not hold and no expression makes another message. */
    String message() {
        return rule.message().isEmpty()
                ? "failed rule: " + text()
                : rule.message().strip();
    }

    /** The rule as errors in its evaluation tell it. */
    String text() {
        return rule.message().isEmpty() ? rule.rule().strip() : rule.message().strip();
    }

    /** The field that an error is about. */
    FieldPath path(FieldPath value) {
        String path = rule.fieldPath().strip();
        if (path.isEmpty()) {
            return value;
        }
        String relative = path.replace("['", "[").replace("']", "]");
        if (relative.startsWith("[")) {
            return new FieldPath(value.text() + relative);
        }
        String plain = relative.startsWith(".") ? relative.substring(1) : relative;
        return value.child(plain);
    }
}
