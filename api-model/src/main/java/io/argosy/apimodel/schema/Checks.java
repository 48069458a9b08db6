package io.argosy.apimodel.schema;

import io.argosy.apimodel.tree.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Rules on a value as JSON schema says them; in built-in types only enums and bounds are used, custom resources may use
 * all. Sources: the Kubernetes page "Extend the Kubernetes API with CustomResourceDefinitions", OpenAPI v3.
 *
 * @param nullable an explicit null is kept
 * @param enumeration the allowed values, empty when all are
 * @param format {@code date-time}, {@code int32}, ... or empty
 * @param pattern an RE2 regular expression, or empty
 * @param allOf junctors: schemas whose types say nothing, only their checks count
 * @param properties value checks on fields inside a junctor
 * @param required names of fields that must be there
 * @param items checks on each item of a list inside a junctor
 * @param values checks on each value of a map inside a junctor
 * @param rules CEL rules ({@code x-kubernetes-validations})
 */
public record Checks(
        boolean nullable,
        List<Value> enumeration,
        String format,
        String pattern,
        OptionalDouble minimum,
        OptionalDouble maximum,
        boolean exclusiveMinimum,
        boolean exclusiveMaximum,
        OptionalDouble multipleOf,
        OptionalLong minLength,
        OptionalLong maxLength,
        OptionalLong minItems,
        OptionalLong maxItems,
        OptionalLong minProperties,
        OptionalLong maxProperties,
        boolean uniqueItems,
        List<Checks> allOf,
        List<Checks> anyOf,
        List<Checks> oneOf,
        Optional<Checks> not,
        Map<String, Checks> properties,
        List<String> required,
        Optional<Checks> items,
        Optional<Checks> values,
        List<Rule> rules) {

    public static final Checks NONE = new Checks(
            false,
            List.of(),
            "",
            "",
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            false,
            false,
            OptionalDouble.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            false,
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Map.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of());

    /** A CEL rule on a value and what to say when it does not hold. */
    public record Rule(
            String rule,
            String message,
            String messageExpression,
            String reason,
            String fieldPath,
            boolean optionalOldSelf) {}
}
