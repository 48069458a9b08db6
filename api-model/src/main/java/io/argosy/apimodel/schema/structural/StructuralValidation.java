package io.argosy.apimodel.schema.structural;

import io.argosy.apimodel.schema.AnySchema;
import io.argosy.apimodel.schema.Checks;
import io.argosy.apimodel.schema.EitherSchema;
import io.argosy.apimodel.schema.Field;
import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.MapSchema;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.ScalarSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.DoubleValue;
import io.argosy.apimodel.tree.IntegerValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import java.util.ArrayList;
import java.util.List;

/** Validates an object against the schema of its custom resource; the errors are worded as Kubernetes words them. */
public final class StructuralValidation {

    private StructuralValidation() {}

    /** All that is wrong with types and values, and items that stand twice in sets and maps; CEL rules are not run. */
    public static List<FieldError> validate(ObjectValue object, ObjectSchema schema) {
        List<FieldError> errors = new ArrayList<>(value(object, schema, "").errors());
        errors.addAll(ListUniqueness.validate(object, schema));
        return errors;
    }

    static Outcome value(Value value, Schema schema, String path) {
        Outcome outcome = new Outcome();
        if (schema instanceof ObjectSchema own && !own.name().isEmpty()) {
            // ObjectMeta of the object itself is checked where that of every object is.
            return outcome;
        }
        if (value == NullValue.NULL) {
            if (!schema.checks().nullable() && !typeName(schema).isEmpty()) {
                wrongType(outcome, path, typeName(schema), "null");
            }
            enumeration(value, schema.checks(), path, outcome);
            return outcome;
        }
        outcome.count();
        if (schema instanceof ScalarSchema scalar && scalar.type() == ScalarSchema.Type.INT_OR_STRING) {
            intOrString(value, path, outcome);
        } else if (!matchesType(value, schema)) {
            wrongType(outcome, path, typeName(schema), jsonType(value));
        }
        CheckedValue.check(value, schema.checks(), typeName(schema), path, outcome);
        enumeration(value, schema.checks(), path, outcome);
        parts(value, schema, path, outcome);
        return outcome;
    }

    private static void parts(Value value, Schema schema, String path, Outcome outcome) {
        switch (schema) {
            case ListSchema list
            when value instanceof ArrayValue array -> {
                for (int i = 0; i < array.size(); i++) {
                    outcome.merge(value(array.get(i), list.element(), path + "[" + i + "]"));
                }
            }
            case MapSchema map
            when value instanceof ObjectValue object ->
                object.fields().forEach((key, item) -> outcome.merge(value(item, map.values(), path + "." + key)));
            case ObjectSchema fields
            when value instanceof ObjectValue object -> {
                for (Field field : fields.fields()) {
                    Value there = object.fields().get(field.name());
                    if (there != null) {
                        String at = path.isEmpty() ? field.name() : path + "." + field.name();
                        outcome.merge(value(there, field.schema(), at));
                    }
                }
            }
            default -> {}
        }
    }

    static void enumeration(Value value, Checks checks, String path, Outcome outcome) {
        if (checks.enumeration().isEmpty() || checks.enumeration().stream().anyMatch(known -> same(known, value))) {
            return;
        }
        List<String> supported = checks.enumeration().stream()
                .map(known -> known instanceof StringValue text ? text.value() : CheckedValue.json(known))
                .toList();
        outcome.add(FieldError.notSupported(Outcome.fieldPath(path), value, supported));
    }

    private static boolean same(Value known, Value value) {
        return known.equals(value)
                || (isNumber(known) && isNumber(value) && CheckedValue.number(known) == CheckedValue.number(value));
    }

    private static boolean isNumber(Value value) {
        return value instanceof IntegerValue || value instanceof DoubleValue;
    }

    private static void intOrString(Value value, String path, Outcome outcome) {
        if (!(value instanceof StringValue) && !CheckedValue.isWhole(value)) {
            wrongType(outcome, path, "integer,string", jsonType(value));
        }
    }

    private static void wrongType(Outcome outcome, String path, String wanted, String found) {
        outcome.add(FieldError.typeInvalid(
                Outcome.fieldPath(path),
                Value.of(found),
                path + " in body must be of type " + wanted + ": \"" + found + "\""));
    }

    /** Empty when any type will do. */
    static String typeName(Schema schema) {
        return switch (schema) {
            case ScalarSchema scalar ->
                switch (scalar.type()) {
                    case STRING -> "string";
                    case BOOLEAN -> "boolean";
                    case INT32, INT64 -> "integer";
                    case DOUBLE -> "number";
                    default -> "";
                };
            case ListSchema _ -> "array";
            case MapSchema _, ObjectSchema _ -> "object";
            case AnySchema _, EitherSchema _ -> "";
        };
    }

    private static boolean matchesType(Value value, Schema schema) {
        return switch (typeName(schema)) {
            case "" -> true;
            case "integer" -> CheckedValue.isWhole(value);
            case "number" -> isNumber(value);
            case "array" -> value instanceof ArrayValue;
            default -> value.typeName().equals(typeName(schema));
        };
    }

    static String jsonType(Value value) {
        return value.typeName();
    }
}
