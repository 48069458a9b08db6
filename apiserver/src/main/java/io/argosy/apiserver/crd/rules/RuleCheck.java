package io.argosy.apiserver.crd.rules;

import io.argosy.apimodel.schema.Field;
import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.cel.Budget;
import io.argosy.apiserver.cel.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One evaluation of all rules on one object. */
final class RuleCheck {

    private static final int MOST_MESSAGE = 5 << 10;

    private final Budget budget;
    private final List<FieldError> errors = new ArrayList<>();
    private boolean ended;

    RuleCheck(Budget budget) {
        this.budget = budget;
    }

    List<FieldError> errors() {
        return List.copyOf(errors);
    }

    /**
     * @param old the value that this one took the place of; empty when there is none or none can be told
     * @param sameAbove whether the nearest value around it of which the old one is known is as it was
     */
    void node(RuleNode node, Value value, Optional<Value> old, BooleanSupplier sameAbove, FieldPath path) {
        if (ended || value == NullValue.NULL) {
            return;
        }
        BooleanSupplier same = old.isPresent() ? () -> value.equals(old.get()) : sameAbove;
        rules(node, value, old, same, path);
        for (RuleNode part : node.all()) {
            node(part, value, old, sameAbove, path);
        }
        switch (value) {
            case ObjectValue object -> fields(node, object, old, same, path);
            case ArrayValue array -> node.items().ifPresent(items -> items(node, items, array, old, same, path));
            default -> {}
        }
    }

    private void fields(RuleNode node, ObjectValue object, Optional<Value> old, BooleanSupplier same, FieldPath path) {
        ObjectValue before = old.filter(ObjectValue.class::isInstance)
                .map(ObjectValue.class::cast)
                .orElseGet(ObjectValue::new);
        node.properties().forEach((name, below) -> {
            Value value = object.fields().get(name);
            if (value != null) {
                node(below, value, before.at(name), same, path.child(name));
            }
        });
        node.items()
                .ifPresent(below -> object.fields()
                        .forEach((key, value) -> node(
                                below,
                                value,
                                Optional.ofNullable(before.fields().get(key)),
                                same,
                                path.key(key))));
    }

    /** Items are known again by their keys; those of other lists are not. */
    private void items(
            RuleNode node,
            RuleNode below,
            ArrayValue array,
            Optional<Value> old,
            BooleanSupplier same,
            FieldPath path) {
        Map<List<Value>, Value> before = new HashMap<>();
        boolean keyed = node.schema() instanceof ListSchema list && list.type() == ListSchema.Type.MAP;
        if (keyed && old.isPresent() && old.get() instanceof ArrayValue items) {
            items.forEach(item -> before.put(keys(node, item), item));
        }
        for (int i = 0; i < array.size(); i++) {
            Value item = array.get(i);
            Optional<Value> known = keyed ? Optional.ofNullable(before.get(keys(node, item))) : Optional.empty();
            node(below, item, known, same, path.index(i));
        }
    }

    private static List<Value> keys(RuleNode node, Value item) {
        List<Value> keys = new ArrayList<>();
        if (node.schema() instanceof ListSchema list && item instanceof ObjectValue object) {
            for (String key : list.mapKeys()) {
                Optional<Value> implied = list.element() instanceof ObjectSchema type
                        ? type.field(key).flatMap(Field::defaultValue)
                        : Optional.empty();
                keys.add(object.at(key).or(() -> implied).orElse(NullValue.NULL));
            }
        }
        return keys;
    }

    private void rules(RuleNode node, Value value, Optional<Value> old, BooleanSupplier same, FieldPath path) {
        for (CompiledRule rule : node.rules()) {
            if (ended) {
                return;
            }
            boolean optional = rule.rule().optionalOldSelf();
            if (rule.transition() && old.isEmpty() && !optional) {
                continue;
            }
            evaluate(rule, node.schema(), value, old, same, path);
        }
    }

    private void evaluate(
            CompiledRule rule, Schema schema, Value value, Optional<Value> old, BooleanSupplier same, FieldPath path) {
        String type = typeName(schema);
        if (rule.expression().error().isPresent()) {
            errors.add(FieldError.invalid(
                    path,
                    type,
                    "rule compile error: " + rule.expression().error().get()));
            return;
        }
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("self", SchemaValues.of(value, schema));
        Optional<Object> before = old.map(known -> SchemaValues.of(known, schema));
        if (rule.rule().optionalOldSelf()) {
            inputs.put("oldSelf", before);
        } else {
            before.ifPresent(known -> inputs.put("oldSelf", known));
        }
        switch (rule.expression().evaluate(inputs, budget)) {
            case Outcome.Result result -> {
                if (!result.isTrue() && (rule.transition() || !same.getAsBoolean())) {
                    errors.add(error(rule, value, message(rule, inputs), rule.path(path)));
                }
            }
            case Outcome.Failed(String _, String cause) -> failed(rule, cause, type, path);
            case Outcome.OutOfBudget _ -> {
                errors.add(FieldError.invalid(path, type, Outcome.OutOfBudget.WORDS));
                ended = true;
            }
        }
    }

    private void failed(CompiledRule rule, String cause, String type, FieldPath path) {
        if (cause.startsWith("no such overload")) {
            errors.add(FieldError.invalid(
                    path,
                    type,
                    "'" + cause + "': call arguments did not match a supported operator, function or macro signature"
                            + " for rule: " + rule.text()));
        } else if (cause.startsWith("operation cancelled: actual cost limit exceeded")) {
            errors.add(FieldError.invalid(
                    path,
                    type,
                    "'" + cause + "': no further validation rules will be run due to call cost exceeds limit for rule: "
                            + rule.text()));
            ended = true;
        } else {
            errors.add(FieldError.invalid(path, type, cause + " evaluating rule: " + rule.text()));
        }
    }

    private String message(CompiledRule rule, Map<String, Object> inputs) {
        if (rule.messageExpression().isPresent()
                && rule.messageExpression().get().evaluate(inputs, budget) instanceof Outcome.Result(String text)) {
            String message = text.strip();
            if (!message.isEmpty() && message.length() <= MOST_MESSAGE && message.indexOf('\n') < 0) {
                return message;
            }
        }
        return rule.message();
    }

    private static FieldError error(CompiledRule rule, Value value, String detail, FieldPath path) {
        boolean whole = value instanceof ObjectValue || value instanceof ArrayValue;
        return switch (rule.rule().reason()) {
            case "FieldValueForbidden" -> FieldError.forbidden(path, detail);
            case "FieldValueRequired" -> FieldError.required(path, detail);
            case "FieldValueDuplicate" ->
                whole
                        ? new FieldError(FieldError.Type.DUPLICATE, path, "Duplicate value")
                        : FieldError.duplicate(path, value);
            default ->
                whole
                        ? new FieldError(FieldError.Type.INVALID, path, "Invalid value: " + detail)
                        : FieldError.invalid(path, value, detail);
        };
    }

    private static String typeName(Schema schema) {
        return switch (schema) {
            case ListSchema _ -> "array";
            case io.argosy.apimodel.schema.ScalarSchema scalar ->
                switch (scalar.type()) {
                    case BOOLEAN -> "boolean";
                    case INT32, INT64 -> "integer";
                    case DOUBLE -> "number";
                    case INT_OR_STRING -> "";
                    default -> "string";
                };
            case io.argosy.apimodel.schema.AnySchema _ -> "";
            default -> "object";
        };
    }
}
