package io.argosy.apiserver.table;

import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.definition.ColumnDefinition;
import io.argosy.apimodel.time.ApiTime;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.BooleanValue;
import io.argosy.apimodel.tree.DoubleValue;
import io.argosy.apimodel.tree.IntegerValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * A cell of a custom resource: the first value at the column's path, when it is of the column's type; dates are shown
 * as ages.
 */
record CustomCell(JsonPath path, String type) implements Cell {

    static Cell parse(ColumnDefinition column) {
        return new CustomCell(JsonPath.parse(column.of()), column.type());
    }

    @Override
    public Value of(ObjectValue object, Instant now) {
        Value value = path.first(object).orElse(NullValue.NULL);
        if (value instanceof NullValue) {
            return type.equals("string") && path.first(object).isPresent() ? Value.of("<nil>") : value;
        }
        return switch (type) {
            case "string" -> Value.of(text(value));
            case "integer" -> integer(value);
            case "number" -> number(value);
            case "boolean" -> value instanceof BooleanValue ? value : NullValue.NULL;
            case "date" -> value instanceof StringValue time ? age(time.value(), now) : NullValue.NULL;
            default -> NullValue.NULL;
        };
    }

    private static String text(Value value) {
        return value instanceof ObjectValue || value instanceof ArrayValue
                ? new String(JsonWriter.writeSorted(value), StandardCharsets.UTF_8)
                : CellPath.text(value);
    }

    private static Value integer(Value value) {
        return switch (value) {
            case IntegerValue whole -> whole;
            case DoubleValue number -> Value.of((long) number.value());
            default -> NullValue.NULL;
        };
    }

    private static Value number(Value value) {
        return switch (value) {
            case IntegerValue whole -> Value.of((double) whole.value());
            case DoubleValue number -> number;
            default -> NullValue.NULL;
        };
    }

    private static Value age(String time, Instant now) {
        return Value.of(ApiTime.parse(time)
                .map(then -> HumanDuration.of(Duration.between(then, now)))
                .orElse("<invalid>"));
    }
}
