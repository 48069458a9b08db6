package io.argosy.apiserver.crd.rules;

import dev.cel.common.types.CelTypes;
import dev.cel.common.types.SimpleType;
import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.schema.Checks;
import io.argosy.apimodel.schema.Field;
import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.MapSchema;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What rules must keep when they are declared: their texts, their paths, that they compile, and what they may cost. */
public final class RuleDeclarations {

    private static final List<String> REASONS =
            List.of("FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired");
    private static final Pattern LINE_BREAK = Pattern.compile("[\\n\\r]");
    private static final String RULES = "x-kubernetes-validations";

    private final List<FieldError> errors;

    private RuleDeclarations(List<FieldError> errors) {
        this.errors = errors;
    }

    /** @param schemaPath of the schema of a version of a definition whose other rules hold */
    public static List<FieldError> errors(ObjectSchema schema, FieldPath schemaPath) {
        List<FieldError> errors = new ArrayList<>();
        RuleDeclarations declarations = new RuleDeclarations(errors);
        declarations.visit(schema, schemaPath, Optional.empty());
        return errors;
    }

    /** @param uncorrelated the place above which old values cannot be told, if there is one */
    private void visit(Schema schema, FieldPath path, Optional<FieldPath> uncorrelated) {
        rules(schema, schema.checks().rules(), path, uncorrelated);
        switch (schema) {
            case ObjectSchema object -> {
                if (object.name().isEmpty()) {
                    for (Field field : object.fields()) {
                        visit(field.schema(), path.child("properties").key(field.name()), uncorrelated);
                    }
                }
            }
            case ListSchema list ->
                visit(
                        list.element(),
                        path.child("items"),
                        list.type() == ListSchema.Type.MAP ? uncorrelated : uncorrelated.or(() -> Optional.of(path)));
            case MapSchema map -> visit(map.values(), path.child("additionalProperties"), uncorrelated);
            default -> {}
        }
    }

    private void rules(Schema schema, List<Checks.Rule> rules, FieldPath path, Optional<FieldPath> uncorrelated) {
        int before = errors.size();
        for (int i = 0; i < rules.size(); i++) {
            texts(schema, rules.get(i), path.child(RULES).index(i));
        }
        if (errors.size() > before) {
            return;
        }
        List<CompiledRule> compiled = RuleNode.compile(schema, rules);
        for (int i = 0; i < compiled.size(); i++) {
            compiled(compiled.get(i), path.child(RULES).index(i), uncorrelated);
        }
    }

    private void texts(Schema schema, Checks.Rule rule, FieldPath path) {
        String message = rule.message().strip();
        if (rule.rule().isBlank()) {
            errors.add(FieldError.required(path.child("rule"), "rule is not specified"));
        } else if (!rule.message().isEmpty() && message.isEmpty()) {
            errors.add(FieldError.invalid(path.child("message"), rule.message(), "must be non-empty if specified"));
        } else if (hasLineBreak(message)) {
            errors.add(FieldError.invalid(path.child("message"), rule.message(), "must not contain line breaks"));
        } else if (hasLineBreak(rule.rule().strip()) && message.isEmpty()) {
            errors.add(FieldError.required(
                    path.child("message"), "message must be specified if rule contains line breaks"));
        }
        if (!rule.messageExpression().isEmpty() && rule.messageExpression().isBlank()) {
            errors.add(FieldError.required(
                    path.child("messageExpression"), "messageExpression must be non-empty if specified"));
        }
        if (!rule.reason().isEmpty() && !REASONS.contains(rule.reason())) {
            errors.add(FieldError.notSupported(path.child("reason"), Value.of(rule.reason()), REASONS));
        }
        if (!rule.fieldPath().isEmpty()) {
            if (rule.fieldPath().isBlank()) {
                errors.add(FieldError.invalid(
                        path.child("fieldPath"), rule.fieldPath(), "must be non-empty if specified"));
            }
            if (hasLineBreak(rule.fieldPath())) {
                errors.add(
                        FieldError.invalid(path.child("fieldPath"), rule.fieldPath(), "must not contain line breaks"));
            }
            if (!RulePath.leads(schema, rule.fieldPath())) {
                errors.add(FieldError.invalid(path.child("fieldPath"), rule.fieldPath(), "must be a valid path"));
            }
        }
    }

    private static boolean hasLineBreak(String text) {
        return LINE_BREAK.matcher(text).find();
    }

    private void compiled(CompiledRule rule, FieldPath path, Optional<FieldPath> uncorrelated) {
        Optional<String> wrong = rule.expression()
                .error()
                .or(() -> rule.expression().resultType().equals(SimpleType.BOOL)
                        ? Optional.empty()
                        : Optional.of("cel expression must evaluate to a bool"));
        wrong.ifPresent(why -> errors.add(invalid(path.child("rule"), rule.rule(), why)));
        rule.messageExpression()
                .flatMap(expression -> expression
                        .error()
                        .map(why -> "messageExpression " + why)
                        .or(() -> CelTypes.format(expression.resultType()).equals("string")
                                ? Optional.empty()
                                : Optional.of("messageExpression must evaluate to a string")))
                .ifPresent(why -> errors.add(invalid(path.child("messageExpression"), rule.rule(), why)));
        if (wrong.isPresent()) {
            return;
        }
        if (rule.transition()) {
            uncorrelated.ifPresent(place -> errors.add(FieldError.invalid(
                    path.child("rule"),
                    rule.rule().rule(),
                    "oldSelf cannot be used on the uncorrelatable portion of the schema within " + place)));
        } else if (rule.rule().optionalOldSelf()) {
            errors.add(FieldError.invalid(
                    path.child("optionalOldSelf"), Value.of(true), "may not be set if oldSelf is not used in rule"));
        }
    }

    /** Messages show the whole rule, in the order of its declaration. */
    private static FieldError invalid(FieldPath path, Checks.Rule rule, String why) {
        ObjectValue shown = new ObjectValue()
                .put("Rule", rule.rule())
                .put("Message", rule.message())
                .put("MessageExpression", rule.messageExpression())
                .put("Reason", rule.reason().isEmpty() ? NullValue.NULL : Value.of(rule.reason()))
                .put("FieldPath", rule.fieldPath())
                .put("OptionalOldSelf", rule.optionalOldSelf() ? Value.of(true) : NullValue.NULL);
        String json = new String(JsonWriter.write(shown), StandardCharsets.UTF_8);
        return new FieldError(FieldError.Type.INVALID, path, "Invalid value: " + json + ": " + why);
    }
}
