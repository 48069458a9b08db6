package io.argosy.apiserver.admission.policy;

import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.expression.MatchConditions.Verdict;
import io.argosy.apiserver.cel.Budget;
import io.argosy.apiserver.cel.Environment;
import io.argosy.apiserver.cel.Expression;
import io.argosy.apiserver.cel.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ValidatingAdmissionPolicy ready to be followed. Immutable; its judgement is a function of the inputs. */
record ValidatingPolicy(
        PolicyHead head, Composition composition, List<Validation> validations, List<Annotation> annotations) {

    private static final int MOST_MESSAGE = 5 << 10;
    private static final int MOST_ANNOTATION = 10 << 10;

    ValidatingPolicy {
        validations = List.copyOf(validations);
        annotations = List.copyOf(annotations);
    }

    record Validation(Expression expression, String message, Optional<Expression> messageExpression, String reason) {}

    record Annotation(String key, Expression value) {}

    /**
     * One validation that does not hold.
     *
     * @param reason {@code metav1.StatusReason}; empty for errors
     */
    record Failure(int index, String message, String reason) {}

    /** @param annotations of the audit event, by key */
    record Judgement(List<Failure> failures, Map<String, String> annotations, List<String> annotationErrors) {}

    static ValidatingPolicy of(ObjectValue policy) {
        ObjectValue spec = policy.object("spec").orElseGet(ObjectValue::new);
        Composition composition = Composition.ofValidating(spec);
        Environment environment = composition.environment();
        Environment quiet = composition.environmentWithoutAuthorizer();
        List<Validation> validations = spec.array("validations").stream()
                .flatMap(ArrayValue::objects)
                .map(given -> new Validation(
                        environment.compile(given.string("expression").orElse(""), List.of(SimpleType.BOOL)),
                        given.string("message").orElse("").strip(),
                        given.string("messageExpression")
                                .filter(text -> !text.isBlank())
                                .map(text -> quiet.compile(text, List.of(SimpleType.STRING))),
                        given.string("reason").orElse("Invalid")))
                .toList();
        List<Annotation> annotations = spec.array("auditAnnotations").stream()
                .flatMap(ArrayValue::objects)
                .map(given -> new Annotation(
                        given.string("key").orElse(""),
                        environment.compile(
                                given.string("valueExpression").orElse(""),
                                List.of(SimpleType.STRING, SimpleType.NULL_TYPE))))
                .toList();
        return new ValidatingPolicy(PolicyHead.of(policy), composition, validations, annotations);
    }

    private static Judgement nothing() {
        return new Judgement(List.of(), Map.of(), List.of());
    }

    private Judgement error(String why) {
        return head.ignoresFailures()
                ? nothing()
                : new Judgement(List.of(new Failure(0, why, "")), Map.of(), List.of());
    }

    Judgement judge(Map<String, Object> inputs) {
        switch (head.conditions().judge(inputs)) {
            case Verdict.Holds _ -> {}
            case Verdict.Excluded _ -> {
                return nothing();
            }
            case Verdict.Unclear(String why) -> {
                return error(why);
            }
        }
        Budget budget = Budget.ofPolicy();
        Map<String, Object> composed = composition.compose(inputs, budget);
        List<Failure> failures = new ArrayList<>();
        for (int i = 0; i < validations.size(); i++) {
            Validation validation = validations.get(i);
            switch (validation.expression().evaluate(composed, budget)) {
                case Outcome.Result result -> {
                    if (!result.isTrue()) {
                        failures.add(new Failure(i, message(validation, composed, budget), validation.reason()));
                    }
                }
                case Outcome.Failed(String why, String _) -> {
                    if (!head.ignoresFailures()) {
                        failures.add(new Failure(i, why, ""));
                    }
                }
                case Outcome.OutOfBudget _ -> {
                    return error(Outcome.OutOfBudget.WORDS);
                }
            }
        }
        return annotated(failures, inputs);
    }

    private static String message(Validation validation, Map<String, Object> inputs, Budget budget) {
        if (validation.messageExpression().isPresent()
                && validation.messageExpression().get().evaluate(inputs, budget)
                        instanceof Outcome.Result(String text)) {
            String message = text.strip();
            if (!message.isEmpty() && message.length() <= MOST_MESSAGE && message.indexOf('\n') < 0) {
                return message;
            }
        }
        return validation.message().isEmpty()
                ? "failed expression: " + validation.expression().text().strip()
                : validation.message();
    }

    private Judgement annotated(List<Failure> failures, Map<String, Object> inputs) {
        Budget budget = Budget.ofPolicy();
        Map<String, Object> composed = composition.compose(inputs, budget);
        Map<String, String> values = new java.util.TreeMap<>();
        List<String> errors = new ArrayList<>();
        for (Annotation annotation : annotations) {
            switch (annotation.value().evaluate(composed, budget)) {
                case Outcome.Result(String text) -> {
                    String value = text.strip();
                    if (!value.isEmpty()) {
                        values.put(annotation.key(), value.substring(0, Math.min(value.length(), MOST_ANNOTATION)));
                    }
                }
                case Outcome.Result(NullValue _) -> {}
                case Outcome.Result(Object other) ->
                    errors.add("valueExpression '" + annotation.value().text()
                            + "' resulted in unsupported return type: "
                            + other.getClass().getSimpleName() + ". Return type must be either string or null.");
                case Outcome.Failed(String why, String _) -> {
                    if (!head.ignoresFailures()) {
                        errors.add(why);
                    }
                }
                case Outcome.OutOfBudget _ -> {
                    return error(Outcome.OutOfBudget.WORDS);
                }
            }
        }
        return new Judgement(List.copyOf(failures), values, errors);
    }
}
