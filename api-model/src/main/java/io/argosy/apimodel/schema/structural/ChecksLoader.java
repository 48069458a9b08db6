package io.argosy.apimodel.schema.structural;

import io.argosy.apimodel.schema.Checks;
import io.argosy.apimodel.tree.DoubleValue;
import io.argosy.apimodel.tree.IntegerValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Reads the value validations of a schema node, those inside of junctors included. */
final class ChecksLoader {

    private ChecksLoader() {}

    /** The checks of a node itself: those of its fields and items belong to their own schemas. */
    static Checks load(ObjectValue node) {
        return load(node, false);
    }

    private static Checks load(ObjectValue node, boolean inJunctor) {
        Map<String, Checks> properties = new LinkedHashMap<>();
        if (inJunctor) {
            node.object("properties")
                    .ifPresent(fields -> fields.fields().forEach((name, field) -> {
                        if (field instanceof ObjectValue declared) {
                            properties.put(name, load(declared, true));
                        }
                    }));
        }
        return new Checks(
                node.isTrue("nullable"),
                node.array("enum").map(values -> List.copyOf(values.items())).orElse(List.of()),
                node.string("format").orElse(""),
                node.string("pattern").orElse(""),
                number(node, "minimum"),
                number(node, "maximum"),
                node.isTrue("exclusiveMinimum"),
                node.isTrue("exclusiveMaximum"),
                number(node, "multipleOf"),
                whole(node, "minLength"),
                whole(node, "maxLength"),
                whole(node, "minItems"),
                whole(node, "maxItems"),
                whole(node, "minProperties"),
                whole(node, "maxProperties"),
                node.isTrue("uniqueItems"),
                junctor(node, "allOf"),
                junctor(node, "anyOf"),
                junctor(node, "oneOf"),
                node.object("not").map(not -> load(not, true)),
                properties,
                node.array("required").map(names -> names.strings().toList()).orElse(List.of()),
                inJunctor ? node.object("items").map(items -> load(items, true)) : Optional.empty(),
                inJunctor ? node.object("additionalProperties").map(values -> load(values, true)) : Optional.empty(),
                rules(node));
    }

    private static List<Checks> junctor(ObjectValue node, String name) {
        return node.array(name)
                .map(list -> list.objects().map(option -> load(option, true)).toList())
                .orElse(List.of());
    }

    private static List<Checks.Rule> rules(ObjectValue node) {
        return node.array("x-kubernetes-validations")
                .map(list -> list.objects()
                        .map(rule -> new Checks.Rule(
                                rule.string("rule").orElse(""),
                                rule.string("message").orElse(""),
                                rule.string("messageExpression").orElse(""),
                                rule.string("reason").orElse(""),
                                rule.string("fieldPath").orElse(""),
                                rule.isTrue("optionalOldSelf")))
                        .toList())
                .orElse(List.of());
    }

    private static OptionalDouble number(ObjectValue node, String name) {
        Value value = node.fields().get(name);
        return switch (value) {
            case DoubleValue number -> OptionalDouble.of(number.value());
            case IntegerValue number -> OptionalDouble.of((double) number.value());
            case null, default -> OptionalDouble.empty();
        };
    }

    private static OptionalLong whole(ObjectValue node, String name) {
        return node.fields().get(name) instanceof IntegerValue number
                ? OptionalLong.of(number.value())
                : OptionalLong.empty();
    }
}
