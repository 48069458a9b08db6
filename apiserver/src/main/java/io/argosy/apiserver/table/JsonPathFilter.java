package io.argosy.apiserver.table;

import io.argosy.apimodel.tree.BooleanValue;
import io.argosy.apimodel.tree.DoubleValue;
import io.argosy.apimodel.tree.IntegerValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A condition on an item: {@code @.type=="Ready"}, or only {@code @.type} for its being there.
 *
 * @param operator {@code ==}, {@code !=}, {@code <}, {@code <=}, {@code >}, {@code >=}, or {@code exists}
 */
record JsonPathFilter(Operand left, String operator, Operand right) {

    /** A path from the item, or a literal. */
    sealed interface Operand {

        Optional<Value> of(Value item);

        record Path(JsonPath path) implements Operand {
            @Override
            public Optional<Value> of(Value item) {
                return path.first(item);
            }
        }

        record Literal(Value value) implements Operand {
            @Override
            public Optional<Value> of(Value item) {
                return Optional.of(value);
            }
        }
    }

    boolean accepts(Value item) {
        Optional<Value> leftValue = left.of(item);
        if (operator.equals("exists")) {
            return leftValue.isPresent();
        }
        Optional<Value> rightValue = right.of(item);
        if (leftValue.isEmpty() || rightValue.isEmpty()) {
            return false;
        }
        OptionalInt order = compare(leftValue.get(), rightValue.get());
        if (order.isEmpty()) {
            return operator.equals("!=");
        }
        return switch (operator) {
            case "==" -> order.getAsInt() == 0;
            case "!=" -> order.getAsInt() != 0;
            case "<" -> order.getAsInt() < 0;
            case "<=" -> order.getAsInt() <= 0;
            case ">" -> order.getAsInt() > 0;
            default -> order.getAsInt() >= 0;
        };
    }

    /** Empty when the two cannot be compared. */
    private static OptionalInt compare(Value left, Value right) {
        if (left instanceof StringValue one && right instanceof StringValue other) {
            return OptionalInt.of(one.value().compareTo(other.value()));
        }
        if (left instanceof BooleanValue one && right instanceof BooleanValue other) {
            return OptionalInt.of(Boolean.compare(one.value(), other.value()));
        }
        if (left instanceof IntegerValue one && right instanceof IntegerValue other) {
            return OptionalInt.of(Long.compare(one.value(), other.value()));
        }
        Optional<Double> one = number(left);
        Optional<Double> other = number(right);
        return one.isPresent() && other.isPresent()
                ? OptionalInt.of(Double.compare(one.get(), other.get()))
                : OptionalInt.empty();
    }

    private static Optional<Double> number(Value value) {
        return switch (value) {
            case IntegerValue number -> Optional.of((double) number.value());
            case DoubleValue number -> Optional.of(number.value());
            default -> Optional.empty();
        };
    }
}
