package io.argosy.apimodel.quota;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One scope of a quota: which objects it counts.
 *
 * @param operator In, NotIn, Exists or DoesNotExist
 */
public record ScopeRule(String scope, String operator, List<String> values) {

    public ScopeRule {
        values = List.copyOf(values);
    }

    /** The scopes and the scope selector of a quota's spec. */
    public static List<ScopeRule> of(ObjectValue spec) {
        List<ScopeRule> rules = new ArrayList<>();
        spec.array("scopes")
                .ifPresent(scopes ->
                        scopes.strings().forEach(scope -> rules.add(new ScopeRule(scope, "Exists", List.of()))));
        spec.array("scopeSelector", "matchExpressions")
                .ifPresent(all -> all.objects().forEach(rule -> rules.add(read(rule))));
        return List.copyOf(rules);
    }

    /** One of {@code matchExpressions}. */
    public static ScopeRule read(ObjectValue rule) {
        return new ScopeRule(
                rule.string("scopeName").orElse(""),
                rule.string("operator").orElse(""),
                rule.array("values").stream().flatMap(ArrayValue::strings).toList());
    }

    /** Whether the operator takes what the object has, empty when it has nothing. */
    boolean takes(Optional<String> value) {
        return switch (operator) {
            case "In" -> value.isPresent() && values.contains(value.get());
            case "NotIn" -> value.isEmpty() || !values.contains(value.get());
            case "Exists" -> value.isPresent();
            case "DoesNotExist" -> value.isEmpty();
            default -> false;
        };
    }

    /** As messages name it: {@code {PriorityClass In [high low]}}. */
    @Override
    public String toString() {
        return "{" + scope + " " + operator + " [" + String.join(" ", values) + "]}";
    }
}
