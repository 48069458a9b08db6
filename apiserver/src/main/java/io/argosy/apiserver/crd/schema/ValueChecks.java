package io.argosy.apiserver.crd.schema;

import com.google.re2j.Pattern;
import io.argosy.apimodel.codec.JsonWriter;
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
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.BooleanValue;
import io.argosy.apimodel.tree.DoubleValue;
import io.argosy.apimodel.tree.IntegerValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Checks objects against schemas, in the words that Kubernetes uses. */
public final class ValueChecks {

    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();
    private static final int MAXIMUM_PATTERNS = 10_000;

    private final List<FieldError> errors = new ArrayList<>();

    private ValueChecks() {}

    /** All errors of an object of a custom resource; its metadata is not looked at. */
    public static List<FieldError> errors(ObjectValue object, ObjectSchema schema) {
        return errors(object, schema, FieldPath.ROOT);
    }

    /** All errors of a value at a place. */
    public static List<FieldError> errors(Value value, Schema schema, FieldPath path) {
        ValueChecks checks = new ValueChecks();
        checks.check(value, schema, path);
        return checks.errors;
    }

    private void check(Value value, Schema schema, FieldPath path) {
        if (value instanceof NullValue && schema.checks().nullable()) {
            return;
        }
        if (!checkType(value, schema, path)) {
            applyEnumeration(value, schema.checks(), path);
            return;
        }
        apply(value, schema.checks(), path);
        switch (schema) {
            case ObjectSchema type -> checkFields((ObjectValue) value, type, path);
            case MapSchema map ->
                ((ObjectValue) value).fields().forEach((name, entry) -> check(entry, map.values(), path.child(name)));
            case ListSchema list -> checkItems((ArrayValue) value, list, path);
            case ScalarSchema _, AnySchema _, EitherSchema _ -> {}
        }
    }

    private boolean checkType(Value value, Schema schema, FieldPath path) {
        String wanted = typeName(schema);
        boolean good = wanted.isEmpty() || matches(value, schema);
        if (!good) {
            String shown = value.typeName();
            errors.add(FieldError.typeInvalid(
                    path,
                    value instanceof NullValue ? value : Value.of(shown),
                    path.text() + " in body must be of type " + wanted + ": \"" + shown + "\""));
        }
        return good;
    }

    private static String typeName(Schema schema) {
        return switch (schema) {
            case ObjectSchema _, MapSchema _ -> "object";
            case ListSchema _ -> "array";
            case ScalarSchema scalar ->
                switch (scalar.type()) {
                    case STRING -> "string";
                    case BOOLEAN -> "boolean";
                    case INT32, INT64 -> "integer";
                    case DOUBLE -> "number";
                    case INT_OR_STRING -> "integer,string";
                    default -> "";
                };
            case AnySchema _, EitherSchema _ -> "";
        };
    }

    private static boolean matches(Value value, Schema schema) {
        return switch (schema) {
            case ObjectSchema _, MapSchema _ -> value instanceof ObjectValue;
            case ListSchema _ -> value instanceof ArrayValue;
            case ScalarSchema scalar ->
                switch (scalar.type()) {
                    case STRING -> value instanceof StringValue;
                    case BOOLEAN -> value instanceof BooleanValue;
                    case INT32, INT64 ->
                        value instanceof IntegerValue
                                || (value instanceof DoubleValue real && real.value() == Math.rint(real.value()));
                    case DOUBLE -> value instanceof IntegerValue || value instanceof DoubleValue;
                    case INT_OR_STRING -> value instanceof IntegerValue || value instanceof StringValue;
                    default -> true;
                };
            case AnySchema _, EitherSchema _ -> true;
        };
    }

    private void checkFields(ObjectValue object, ObjectSchema type, FieldPath path) {
        for (Field field : type.fields()) {
            boolean metadata = type.embedsResource() && field.name().equals("metadata");
            if (!metadata && object.has(field.name())) {
                check(object.at(field.name()).orElseThrow(), field.schema(), path.child(field.name()));
            }
        }
    }

    private void checkItems(ArrayValue array, ListSchema list, FieldPath path) {
        for (int i = 0; i < array.size(); i++) {
            check(array.get(i), list.element(), path.index(i));
        }
        if (list.type() == ListSchema.Type.ATOMIC) {
            return;
        }
        Set<Value> seen = new HashSet<>();
        for (int i = 0; i < array.size(); i++) {
            Value key = list.type() == ListSchema.Type.SET ? array.get(i) : key(array.get(i), list);
            if (!seen.add(key)) {
                errors.add(FieldError.duplicate(path.index(i), key));
            }
        }
    }

    private static Value key(Value item, ListSchema list) {
        ObjectValue key = new ObjectValue();
        if (item instanceof ObjectValue object) {
            list.mapKeys().forEach(name -> object.at(name).ifPresent(value -> key.put(name, value)));
            if (list.element() instanceof ObjectSchema type) {
                list.mapKeys().stream()
                        .filter(name -> !key.has(name))
                        .forEach(name ->
                                type.field(name).flatMap(Field::defaultValue).ifPresent(value -> key.put(name, value)));
            }
        }
        return key;
    }

    private void invalid(FieldPath path, Value value, String what) {
        errors.add(FieldError.invalid(path, value, path.text() + " in body " + what));
    }

    private void applyEnumeration(Value value, Checks checks, FieldPath path) {
        if (!checks.enumeration().isEmpty() && !checks.enumeration().contains(value)) {
            errors.add(FieldError.notSupported(
                    path,
                    value,
                    checks.enumeration().stream()
                            .map(allowed -> allowed instanceof StringValue text ? text.value() : plain(allowed))
                            .toList()));
        }
    }

    private void apply(Value value, Checks checks, FieldPath path) {
        applyEnumeration(value, checks, path);
        if (value instanceof StringValue text) {
            applyText(text, checks, path);
        }
        Numbers.of(value).ifPresent(number -> applyNumber(value, number, checks, path));
        if (value instanceof ArrayValue array) {
            applyArray(array, checks, path);
        }
        if (value instanceof ObjectValue object) {
            applyObject(object, checks, path);
        }
        applyJunctors(value, checks, path);
    }

    private static String plain(Value value) {
        return new String(JsonWriter.write(value), StandardCharsets.UTF_8);
    }

    private void applyText(StringValue text, Checks checks, FieldPath path) {
        int length = text.value().codePointCount(0, text.value().length());
        checks.maxLength().ifPresent(maximum -> {
            if (length > maximum) {
                errors.add(FieldError.tooLong(path, (int) maximum));
            }
        });
        checks.minLength().ifPresent(minimum -> {
            if (length < minimum) {
                invalid(path, text, "should be at least " + minimum + " chars long");
            }
        });
        if (!checks.pattern().isEmpty()
                && !pattern(checks.pattern()).matcher(text.value()).find()) {
            invalid(path, text, "should match '" + checks.pattern() + "'");
        }
        if (!checks.format().isEmpty() && !Formats.matches(checks.format(), text.value())) {
            errors.add(FieldError.invalid(
                    path,
                    text,
                    path.text() + " in body must be of type " + checks.format() + ": \"" + text.value() + "\""));
        }
    }

    private static Pattern pattern(String text) {
        if (PATTERNS.size() > MAXIMUM_PATTERNS) {
            PATTERNS.clear();
        }
        return PATTERNS.computeIfAbsent(text, Pattern::compile);
    }

    private void applyNumber(Value value, double number, Checks checks, FieldPath path) {
        checks.minimum().ifPresent(minimum -> {
            if (checks.exclusiveMinimum() ? number <= minimum : number < minimum) {
                String than = checks.exclusiveMinimum() ? "greater than " : "greater than or equal to ";
                invalid(path, value, "should be " + than + Numbers.text(minimum));
            }
        });
        checks.maximum().ifPresent(maximum -> {
            if (checks.exclusiveMaximum() ? number >= maximum : number > maximum) {
                String than = checks.exclusiveMaximum() ? "less than " : "less than or equal to ";
                invalid(path, value, "should be " + than + Numbers.text(maximum));
            }
        });
        OptionalDouble multiple = checks.multipleOf();
        if (multiple.isPresent() && multiple.getAsDouble() > 0) {
            double quotient = number / multiple.getAsDouble();
            if (Math.abs(quotient - Math.rint(quotient)) > 1e-9) {
                invalid(path, value, "should be a multiple of " + Numbers.text(multiple.getAsDouble()));
            }
        }
    }

    private void applyArray(ArrayValue array, Checks checks, FieldPath path) {
        checks.maxItems().ifPresent(maximum -> {
            if (array.size() > maximum) {
                errors.add(FieldError.tooMany(path, array.size(), (int) maximum));
            }
        });
        checks.minItems().ifPresent(minimum -> {
            if (array.size() < minimum) {
                errors.add(FieldError.invalid(
                        path,
                        Value.of(array.size()),
                        path.text() + " in body should have at least " + minimum + " items"));
            }
        });
        if (checks.uniqueItems() && new HashSet<>(array.items()).size() < array.size()) {
            errors.add(FieldError.invalid(path, "", path.text() + " in body shouldn't contain duplicates"));
        }
    }

    private void applyObject(ObjectValue object, Checks checks, FieldPath path) {
        checks.maxProperties().ifPresent(maximum -> {
            if (object.size() > maximum) {
                errors.add(FieldError.tooMany(path, object.size(), (int) maximum));
            }
        });
        checks.minProperties().ifPresent(minimum -> {
            if (object.size() < minimum) {
                errors.add(FieldError.invalid(
                        path, "", path.text() + " in body should have at least " + minimum + " properties"));
            }
        });
        for (String name : checks.required()) {
            if (!object.has(name)) {
                errors.add(FieldError.required(path.child(name), ""));
            }
        }
        checks.properties()
                .forEach((name, inner) -> object.at(name).ifPresent(value -> apply(value, inner, path.child(name))));
    }

    private static List<FieldError> probe(Value value, Checks checks, FieldPath path) {
        ValueChecks trial = new ValueChecks();
        trial.apply(value, checks, path);
        return trial.errors;
    }

    private void applyJunctors(Value value, Checks checks, FieldPath path) {
        checks.allOf().forEach(all -> apply(value, all, path));
        String place = path.text().isEmpty() ? "<nil>" : path.text();
        if (!checks.anyOf().isEmpty()
                && checks.anyOf().stream()
                        .noneMatch(any -> probe(value, any, path).isEmpty())) {
            errors.add(FieldError.invalid(path, "", place + " in body must validate at least one schema (anyOf)"));
        }
        if (!checks.oneOf().isEmpty()) {
            long matching = checks.oneOf().stream()
                    .filter(one -> probe(value, one, path).isEmpty())
                    .count();
            if (matching != 1) {
                String found = matching == 0 ? "Found none valid" : "Found " + matching + " valid alternatives";
                errors.add(FieldError.invalid(
                        path, "", place + " in body must validate one and only one schema (oneOf). " + found));
            }
        }
        checks.not().ifPresent(not -> {
            if (probe(value, not, path).isEmpty()) {
                errors.add(FieldError.invalid(path, "", place + " in body must not validate the schema (not)"));
            }
        });
    }
}
