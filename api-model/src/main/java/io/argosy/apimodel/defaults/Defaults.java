package io.argosy.apimodel.defaults;

import io.argosy.apimodel.definition.FieldFacts;
import io.argosy.apimodel.definition.TypeFacts;
import io.argosy.apimodel.definition.VersionDefinition;
import io.argosy.apimodel.schema.Field;
import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.MapSchema;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.IntegerValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import java.util.List;
import java.util.Optional;

/**
 * Fills defaults. The order within an object: its own fields as its type's facts say, then its parts, then the rules of
 * its type in Java. What depends on more than the object itself (addresses, names, times) is not filled here.
 */
public final class Defaults {

    private Defaults() {}

    /** Fills what is absent in a built-in object of this version; {@code tree} is changed. */
    public static void apply(ObjectValue tree, VersionDefinition version) {
        fill(tree, version.schema().get());
    }

    private static void fill(ObjectValue object, ObjectSchema type) {
        if (!Reach.fillsAnything(type)) {
            return;
        }
        TypeFacts facts = TypeFacts.of(type.name());
        facts.fields()
                .forEach((name, of) -> of.defaulting().ifPresent(defaulting -> fillField(object, name, defaulting)));
        for (Field field : type.fields()) {
            fillPart(object, field, facts.field(field.name()));
        }
        TypeRules.of(type.name()).accept(object);
    }

    private static void fillField(ObjectValue object, String name, FieldFacts.Defaulting defaulting) {
        Optional<Value> value = object.at(name);
        boolean absent =
                value.isEmpty() || value.get() instanceof NullValue || (defaulting.zeroToo() && isZero(value.get()));
        if (absent && conditionsHold(object, defaulting)) {
            object.put(name, defaulting.value().copy());
        }
    }

    private static boolean conditionsHold(ObjectValue object, FieldFacts.Defaulting defaulting) {
        return defaulting.when().entrySet().stream().allMatch(condition -> {
            String value = object.string(condition.getKey()).orElse("");
            List<String> allowed = condition.getValue();
            return allowed.isEmpty() ? !value.isEmpty() : allowed.contains(value);
        });
    }

    private static boolean isZero(Value value) {
        return switch (value) {
            case StringValue text -> text.value().isEmpty();
            case IntegerValue number -> number.value() == 0;
            case ArrayValue array -> array.isEmpty();
            default -> false;
        };
    }

    private static void fillPart(ObjectValue object, Field field, FieldFacts facts) {
        Schema schema = field.schema();
        if (schema instanceof ObjectSchema type && facts.struct() && !object.has(field.name())) {
            ObjectValue empty = new ObjectValue();
            fill(empty, type);
            if (!empty.isEmpty()) {
                object.put(field.name(), empty);
            }
        } else {
            object.at(field.name()).ifPresent(value -> fillValue(value, schema));
        }
    }

    private static void fillValue(Value value, Schema schema) {
        if (value instanceof ObjectValue object && schema instanceof ObjectSchema type) {
            fill(object, type);
        } else if (value instanceof ArrayValue array && schema instanceof ListSchema list) {
            if (Reach.fillsAnything(list.element())) {
                array.forEach(item -> fillValue(item, list.element()));
            }
        } else if (value instanceof ObjectValue entries && schema instanceof MapSchema map) {
            if (Reach.isResourceList(map)) {
                ResourceLists.roundUpToMilli(entries);
            } else if (Reach.fillsAnything(map.values())) {
                entries.fields().values().forEach(item -> fillValue(item, map.values()));
            }
        }
    }
}
