package io.argosy.apiserver.registry.admissionregistration;

import dev.cel.common.types.SimpleType;
import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.cel.Environment;
import io.argosy.apiserver.registry.check.Spot;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What match conditions must keep: names, and expressions that compile to a truth. */
final class MatchConditionRules {

    private static final int MOST = 64;

    private MatchConditionRules() {}

    static void check(Spot conditions, Environment environment) {
        conditions.atMostItems(MOST);
        Set<String> names = new HashSet<>();
        for (Spot condition : conditions.items()) {
            Spot expression = condition.at("expression");
            String text = expression.text().strip();
            if (text.isEmpty()) {
                expression.required("");
            } else {
                environment
                        .compile(text, List.of(SimpleType.BOOL))
                        .error()
                        .ifPresent(why -> expression.invalid(Value.of(text), why));
            }
            condition.at("name").name(Names::qualifiedName);
            if (!condition.at("name").empty()) {
                condition.at("name").unique(names);
            }
        }
    }
}
