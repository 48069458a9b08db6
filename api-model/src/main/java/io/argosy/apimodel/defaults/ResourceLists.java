package io.argosy.apimodel.defaults;

import io.argosy.apimodel.quantity.Quantity;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;

/** Maps from resource names to quantities. */
final class ResourceLists {

    private static final int MILLI_SCALE = 3;

    private ResourceLists() {}

    /** Amounts finer than a thousandth are rounded away from zero. */
    static void roundUpToMilli(ObjectValue resources) {
        resources.fields().replaceAll((_, value) -> value instanceof StringValue text ? roundUp(text) : value);
    }

    private static Value roundUp(StringValue text) {
        Optional<Quantity> quantity = Quantity.tryParse(text.value());
        if (quantity.isEmpty() || quantity.get().amount().stripTrailingZeros().scale() <= MILLI_SCALE) {
            return text;
        }
        BigDecimal rounded = quantity.get().amount().setScale(MILLI_SCALE, RoundingMode.UP);
        return Value.of(new Quantity(rounded, quantity.get().format()).toString());
    }

    /** Puts what {@code target} lacks. */
    static void fillFrom(ObjectValue target, ObjectValue source) {
        source.fields().forEach((name, amount) -> target.fields().putIfAbsent(name, amount));
    }

    static void add(Map<String, Quantity> sum, Map<String, Quantity> more) {
        more.forEach((name, amount) -> sum.merge(name, amount, Quantity::plus));
    }

    static void max(Map<String, Quantity> largest, Map<String, Quantity> other) {
        other.forEach((name, amount) ->
                largest.merge(name, amount, (left, right) -> left.compareTo(right) >= 0 ? left : right));
    }
}
