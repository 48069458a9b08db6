package io.argosy.apiserver.table;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.BooleanValue;
import io.argosy.apimodel.tree.DoubleValue;
import io.argosy.apimodel.tree.IntegerValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import java.util.Optional;

/** A way down an object by field names: {@code .spec.nodeName}. */
final class CellPath {

    private final String[] names;

    private CellPath(String[] names) {
        this.names = names;
    }

    static CellPath parse(String text) {
        return new CellPath(text.substring(1).split("\\."));
    }

    Optional<Value> in(ObjectValue object) {
        return object.at(names).filter(value -> !(value instanceof NullValue));
    }

    ArrayValue array(ObjectValue object) {
        return object.array(names).orElseGet(ArrayValue::new);
    }

    String text(ObjectValue object) {
        return in(object).map(CellPath::text).orElse("");
    }

    /** A scalar as a person reads it. */
    static String text(Value value) {
        return switch (value) {
            case StringValue text -> text.value();
            case IntegerValue number -> Long.toString(number.value());
            case DoubleValue number -> Double.toString(number.value());
            case BooleanValue truth -> Boolean.toString(truth.value());
            case NullValue _, ObjectValue _, ArrayValue _ -> "";
        };
    }
}
