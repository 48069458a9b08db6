package io.argosy.apiserver.crd.schema;

import io.argosy.apimodel.tree.DoubleValue;
import io.argosy.apimodel.tree.IntegerValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Numbers in schemas and objects. */
final class Numbers {

    private Numbers() {}

    static OptionalDouble at(ObjectValue schema, String field) {
        return schema.at(field).map(Numbers::of).orElse(OptionalDouble.empty());
    }

    static OptionalDouble of(Value value) {
        return switch (value) {
            case IntegerValue whole -> OptionalDouble.of((double) whole.value());
            case DoubleValue real -> OptionalDouble.of(real.value());
            default -> OptionalDouble.empty();
        };
    }

    static OptionalLong wholeAt(ObjectValue schema, String field) {
        return schema.integer(field).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /** Without a point when it is whole. */
    static String text(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
