package io.argosy.apiserver.crd.rules;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import io.argosy.apimodel.schema.Checks;
import io.argosy.apimodel.schema.Field;
import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.MapSchema;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apiserver.cel.Environment;
import io.argosy.apiserver.cel.Expression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules of one place in a schema, compiled, and those below it. Immutable. */
final class RuleNode {

    private static final String SELF = "selfType";

    private final Schema schema;
    private final List<CompiledRule> rules;
    private final Map<String, RuleNode> properties;
    private final Optional<RuleNode> items;
    private final List<RuleNode> all;

    private RuleNode(
            Schema schema,
            List<CompiledRule> rules,
            Map<String, RuleNode> properties,
            Optional<RuleNode> items,
            List<RuleNode> all) {
        this.schema = schema;
        this.rules = List.copyOf(rules);
        this.properties = Map.copyOf(properties);
        this.items = items;
        this.all = List.copyOf(all);
    }

    Schema schema() {
        return schema;
    }

    List<CompiledRule> rules() {
        return rules;
    }

    Map<String, RuleNode> properties() {
        return properties;
    }

    /** Of the items of a list, or of the values of a map. */
    Optional<RuleNode> items() {
        return items;
    }

    /** The schemas of {@code allOf}. */
    List<RuleNode> all() {
        return all;
    }

    private boolean isEmpty() {
        return rules.isEmpty() && properties.isEmpty() && items.isEmpty() && all.isEmpty();
    }

    /** Empty when there are no rules at or below the schema. */
    static Optional<RuleNode> of(Schema schema) {
        return of(schema, schema.checks(), true);
    }

    /**
     * @param checks whose rules: the schema's own, or those of a part of its {@code allOf}
     * @param own whether they are the schema's own, and not nested in {@code allOf}
     */
    private static Optional<RuleNode> of(Schema schema, Checks checks, boolean own) {
        Map<String, RuleNode> properties = new LinkedHashMap<>();
        Optional<RuleNode> items = Optional.empty();
        switch (schema) {
            case ObjectSchema object -> {
                for (Field field : object.fields()) {
                    Optional<Checks> nested = own
                            ? Optional.of(field.schema().checks())
                            : Optional.ofNullable(checks.properties().get(field.name()));
                    nested.flatMap(found -> of(field.schema(), found, own))
                            .ifPresent(node -> properties.put(field.name(), node));
                }
            }
            case ListSchema list ->
                items = (own ? Optional.of(list.element().checks()) : checks.items())
                        .flatMap(found -> of(list.element(), found, own));
            case MapSchema map ->
                items = (own ? Optional.of(map.values().checks()) : checks.values())
                        .flatMap(found -> of(map.values(), found, own));
            default -> {}
        }
        List<RuleNode> all = new ArrayList<>();
        checks.allOf().forEach(part -> of(schema, part, false).ifPresent(all::add));
        RuleNode node = new RuleNode(schema, compile(schema, checks.rules()), properties, items, all);
        return node.isEmpty() ? Optional.empty() : Optional.of(node);
    }

    /** Compiles rules on values of a schema. */
    static List<CompiledRule> compile(Schema schema, List<Checks.Rule> rules) {
        if (rules.isEmpty()) {
            return List.of();
        }
        SchemaTypes types = new SchemaTypes();
        CelType self = types.of(schema, SELF).orElse(SimpleType.DYN);
        Map<String, CelType> variables = new LinkedHashMap<>();
        variables.put("self", self);
        variables.put("oldSelf", self);
        Environment plain = Environment.of(variables, types.structs());
        List<CompiledRule> compiled = new ArrayList<>();
        for (Checks.Rule rule : rules) {
            Environment environment = plain;
            if (rule.optionalOldSelf()) {
                variables.put("oldSelf", OptionalType.create(self));
                environment = Environment.of(variables, types.structs());
            }
            compiled.add(compile(rule, environment));
        }
        return compiled;
    }

    private static CompiledRule compile(Checks.Rule rule, Environment environment) {
        Expression expression = environment.compile(rule.rule(), List.of());
        boolean transition = expression
                .tree()
                .map(tree -> tree.getReferenceMap().values().stream()
                        .anyMatch(reference -> reference.name().equals("oldSelf")))
                .orElse(false);
        Optional<Expression> message = rule.messageExpression().isBlank()
                ? Optional.empty()
                : Optional.of(environment.compile(rule.messageExpression(), List.of()));
        return new CompiledRule(rule, expression, message, transition);
    }
}
