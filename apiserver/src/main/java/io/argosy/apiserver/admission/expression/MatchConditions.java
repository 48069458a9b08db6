package io.argosy.apiserver.admission.expression;

import dev.cel.common.types.SimpleType;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.cel.Budget;
import io.argosy.apiserver.cel.Environment;
import io.argosy.apiserver.cel.Expression;
import io.argosy.apiserver.cel.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Conditions that must all hold for a webhook or policy to be asked. */
public record MatchConditions(List<Condition> conditions) {

    public MatchConditions {
        conditions = List.copyOf(conditions);
    }

    public record Condition(String name, Expression expression) {}

    /** What they come to. */
    public sealed interface Verdict {

        record Holds() implements Verdict {}

        record Excluded(String condition) implements Verdict {}

        /** None excluded, but not all could be told. */
        record Unclear(String why) implements Verdict {}
    }

    /** @param given an object with the field {@code matchConditions} */
    public static MatchConditions of(ObjectValue given, Environment environment) {
        return new MatchConditions(given.array("matchConditions").stream()
                .flatMap(ArrayValue::objects)
                .map(condition -> new Condition(
                        condition.string("name").orElse(""),
                        environment.compile(
                                condition.string("expression").orElse("").strip(), List.of(SimpleType.BOOL))))
                .toList());
    }

    public boolean isEmpty() {
        return conditions.isEmpty();
    }

    public Verdict judge(Map<String, ?> inputs) {
        Budget budget = Budget.ofMatchConditions();
        List<String> failures = new ArrayList<>();
        for (Condition condition : conditions) {
            switch (condition.expression().evaluate(inputs, budget)) {
                case Outcome.Result result -> {
                    if (!result.isTrue()) {
                        return new Verdict.Excluded(condition.name());
                    }
                }
                case Outcome.Failed(String why, String _) -> failures.add(why);
                case Outcome.OutOfBudget _ -> {
                    return new Verdict.Unclear(Outcome.OutOfBudget.WORDS);
                }
            }
        }
        return failures.isEmpty() ? new Verdict.Holds() : new Verdict.Unclear(aggregate(failures));
    }

    private static String aggregate(List<String> failures) {
        List<String> distinct = failures.stream().distinct().toList();
        return distinct.size() == 1 ? distinct.getFirst() : "[" + String.join(", ", distinct) + "]";
    }
}
