package io.argosy.apimodel.schema.structural;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.schema.Checks;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.DoubleValue;
import io.argosy.apimodel.tree.IntegerValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The checks of one schema node on one value, junctors included; each applies only to values of its type. */
final class CheckedValue {

    /** Patterns of schemas: few, but used for every object. */
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private static final int PATTERN_LIMIT = 10_000;

    private CheckedValue() {}

    static void check(Value value, Checks checks, String type, String path, Outcome outcome) {
        Junctors.check(value, checks, path, outcome);
        switch (value) {
            case StringValue text -> text(text, checks, path, outcome);
            case IntegerValue _, DoubleValue _ -> number(value, checks, type, path, outcome);
            case ArrayValue array -> array(array, checks, path, outcome);
            case ObjectValue object -> object(object, checks, path, outcome);
            default -> {}
        }
        outcome.count();
    }

    private static void text(StringValue value, Checks checks, String path, Outcome outcome) {
        long length = value.value().codePointCount(0, value.value().length());
        if (checks.maxLength().isPresent() && length > checks.maxLength().getAsLong()) {
            outcome.add(FieldError.tooLong(Outcome.fieldPath(path), (int)
                    Math.min(Integer.MAX_VALUE, checks.maxLength().getAsLong())));
        } else if (checks.minLength().isPresent() && length < checks.minLength().getAsLong()) {
            outcome.invalid(
                    path, value, "should be at least " + checks.minLength().getAsLong() + " chars long");
        } else if (!checks.pattern().isEmpty() && !matches(value.value(), checks.pattern())) {
            outcome.invalid(path, value, "should match '" + checks.pattern() + "'");
        }
        if (!checks.format().isEmpty() && !Formats.matches(checks.format(), value.value())) {
            outcome.add(FieldError.typeInvalid(
                    Outcome.fieldPath(path),
                    value,
                    path + " in body must be of type " + checks.format() + ": " + json(value)));
        }
    }

    private static boolean matches(String text, String pattern) {
        try {
            Pattern compiled = PATTERNS.get(pattern);
            if (compiled == null) {
                compiled = Pattern.compile(pattern);
                if (PATTERNS.size() < PATTERN_LIMIT) {
                    PATTERNS.put(pattern, compiled);
                }
            }
            return compiled.matcher(text).find();
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private static void number(Value value, Checks checks, String type, String path, Outcome outcome) {
        double number = number(value);
        boolean narrow = checks.format().equals("int32");
        if (type.equals("integer") && (narrow ? number != (int) number : !isWhole(value))) {
            String format = narrow ? " with format int32 in " : " (default format) in ";
            outcome.add(FieldError.invalid(
                    Outcome.fieldPath(""), "", "Checked value must be of type integer" + format + path));
        }
        checks.multipleOf().ifPresent(factor -> {
            if (factor > 0
                    && new BigDecimal(json(value))
                                    .remainder(BigDecimal.valueOf(factor))
                                    .signum()
                            != 0) {
                outcome.invalid(path, value, "should be a multiple of " + plain(factor));
            }
        });
        bound(checks.minimum(), checks.exclusiveMinimum(), number, -1, value, path, outcome);
        bound(checks.maximum(), checks.exclusiveMaximum(), number, 1, value, path, outcome);
    }

    private static void bound(
            OptionalDouble bound,
            boolean exclusive,
            double number,
            int side,
            Value value,
            String path,
            Outcome outcome) {
        if (bound.isEmpty()) {
            return;
        }
        // A whole number is compared with the whole part of the bound, as Kubernetes does.
        double limit = value instanceof IntegerValue ? (double) (long) bound.getAsDouble() : bound.getAsDouble();
        boolean beyond = side < 0 ? number < limit : number > limit;
        if (beyond || (exclusive && number == limit)) {
            String than = (side < 0 ? "greater than " : "less than ") + (exclusive ? "" : "or equal to ");
            outcome.invalid(path, value, "should be " + than + plain(limit));
        }
    }

    private static void array(ArrayValue array, Checks checks, String path, Outcome outcome) {
        checks.items().ifPresent(items -> {
            for (int i = 0; i < array.size(); i++) {
                outcome.merge(Junctors.option(array.get(i), items, path + "[" + i + "]"));
            }
        });
        if (checks.minItems().isPresent() && array.size() < checks.minItems().getAsLong()) {
            outcome.invalid(
                    path,
                    Value.of(array.size()),
                    "should have at least " + checks.minItems().getAsLong() + " items");
        }
        if (checks.maxItems().isPresent() && array.size() > checks.maxItems().getAsLong()) {
            outcome.add(FieldError.tooMany(Outcome.fieldPath(path), array.size(), (int)
                    checks.maxItems().getAsLong()));
        }
        if (checks.uniqueItems()) {
            Set<Value> seen = new HashSet<>();
            if (!array.items().stream().allMatch(seen::add)) {
                outcome.invalid(path, Value.of(""), "shouldn't contain duplicates");
            }
        }
    }

    private static void object(ObjectValue object, Checks checks, String path, Outcome outcome) {
        if (checks.minProperties().isPresent()
                && object.size() < checks.minProperties().getAsLong()) {
            outcome.invalid(
                    path,
                    Value.of(object.size()),
                    "should have at least " + checks.minProperties().getAsLong() + " properties");
        }
        if (checks.maxProperties().isPresent()
                && object.size() > checks.maxProperties().getAsLong()) {
            outcome.add(FieldError.tooMany(Outcome.fieldPath(path), object.size(), (int)
                    checks.maxProperties().getAsLong()));
        }
        object.fields().forEach((name, value) -> {
            Checks own = checks.properties().get(name);
            String at = path.isEmpty() ? name : path + "." + name;
            if (own != null) {
                outcome.merge(Junctors.option(value, own, at));
            } else {
                checks.values().ifPresent(values -> outcome.merge(Junctors.option(value, values, at)));
            }
        });
        for (String name : checks.required()) {
            if (!object.has(name)) {
                outcome.add(FieldError.required(Outcome.fieldPath(path + "." + name), ""));
            }
        }
    }

    static boolean isWhole(Value value) {
        return value instanceof IntegerValue
                || (value instanceof DoubleValue number
                        && number.value() == Math.rint(number.value())
                        && Math.abs(number.value()) < 9.007199254740992e15);
    }

    static double number(Value value) {
        return switch (value) {
            case IntegerValue number -> number.value();
            case DoubleValue number -> number.value();
            default -> Double.NaN;
        };
    }

    static String json(Value value) {
        return new String(JsonWriter.write(value), StandardCharsets.UTF_8);
    }

    private static String plain(double number) {
        return json(
                number == Math.rint(number) && Math.abs(number) < 1e18 ? Value.of((long) number) : Value.of(number));
    }
}
