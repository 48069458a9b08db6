package io.argosy.apimodel.codec;

import io.argosy.apimodel.quantity.Quantity;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.ScalarSchema;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.time.ApiDuration;
import io.argosy.apimodel.time.ApiTime;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.BooleanValue;
import io.argosy.apimodel.tree.DoubleValue;
import io.argosy.apimodel.tree.IntegerValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** Scalars in their canonical form, and what the decoder says of those that are of another type. */
final class Scalars {

    private static final String TIME_LAYOUT = "2006-01-02T15:04:05Z07:00";
    private static final String MICRO_LAYOUT = "2006-01-02T15:04:05.000000Z07:00";

    private Scalars() {}

    static Value conform(Value value, ScalarSchema.Type type, Place place, ObjectSchema owner) {
        return switch (type) {
            case STRING -> {
                if (value instanceof StringValue) {
                    yield value;
                }
                throw mismatch(value, "string", place, owner);
            }
            case BOOLEAN -> {
                if (value instanceof BooleanValue) {
                    yield value;
                }
                throw mismatch(value, "bool", place, owner);
            }
            case INT32 -> {
                if (value instanceof IntegerValue number && number.value() == (int) number.value()) {
                    yield value;
                }
                throw mismatch(value, "int32", place, owner);
            }
            case INT64 -> {
                if (value instanceof IntegerValue) {
                    yield value;
                }
                throw mismatch(value, "int64", place, owner);
            }
            case DOUBLE -> {
                if (value instanceof DoubleValue || value instanceof IntegerValue) {
                    yield value;
                }
                throw mismatch(value, "float64", place, owner);
            }
            case BYTES -> bytes(value, place, owner);
            case QUANTITY -> quantity(value);
            case TIME -> time(value, TIME_LAYOUT, false, place, owner);
            case MICRO_TIME -> time(value, MICRO_LAYOUT, true, place, owner);
            case DURATION -> duration(value, place, owner);
            case INT_OR_STRING -> intOrString(value, place, owner);
        };
    }

    private static Value bytes(Value value, Place place, ObjectSchema owner) {
        if (!(value instanceof StringValue text)) {
            throw mismatch(value, "[]uint8", place, owner);
        }
        String plain = text.value().indexOf('\n') < 0 && text.value().indexOf('\r') < 0
                ? text.value()
                : text.value().replace("\n", "").replace("\r", "");
        int wrong = Base64Text.firstWrong(plain);
        if (wrong >= 0) {
            throw ApiException.badRequest("illegal base64 data at input byte " + wrong);
        }
        return Value.of(Base64.getEncoder().encodeToString(Base64.getDecoder().decode(plain)));
    }

    private static Value quantity(Value value) {
        String text = value instanceof StringValue string ? string.value().strip() : json(value);
        try {
            String canonical = Quantity.parse(text).toString();
            return value instanceof StringValue string && string.value().equals(canonical)
                    ? value
                    : Value.of(canonical);
        } catch (Quantity.QuantityException e) {
            throw ApiException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static Value time(Value value, String layout, boolean micro, Place place, ObjectSchema owner) {
        if (!(value instanceof StringValue text)) {
            throw mismatch(value, "string", place, owner);
        }
        Instant time = (micro ? ApiTime.parseMicro(text.value()) : ApiTime.parse(text.value()))
                .orElseThrow(() -> ApiException.badRequest(TimeText.error(text.value(), layout)));
        if (time.equals(TimeText.ZERO)) {
            return NullValue.NULL;
        }
        String canonical = micro ? ApiTime.formatMicro(time) : ApiTime.format(time);
        return canonical.equals(text.value()) ? value : Value.of(canonical);
    }

    private static Value duration(Value value, Place place, ObjectSchema owner) {
        if (!(value instanceof StringValue text)) {
            throw mismatch(value, "string", place, owner);
        }
        Duration duration = ApiDuration.parse(text.value())
                .orElseThrow(() -> ApiException.badRequest("time: invalid duration \"" + text.value() + "\""));
        return Value.of(ApiDuration.format(duration));
    }

    private static Value intOrString(Value value, Place place, ObjectSchema owner) {
        boolean known = value instanceof StringValue
                || (value instanceof IntegerValue number && number.value() == (int) number.value());
        if (known) {
            return value;
        }
        throw mismatch(value, "int32", place, owner);
    }

    /** A value of the wrong type, told with the field it stands in. */
    static ApiException mismatch(Value value, String type, Place place, ObjectSchema owner) {
        return ApiException.badRequest("json: cannot unmarshal " + kind(value, type) + " into Go struct field "
                + GoNames.simple(owner) + "." + place.fields() + " of type " + type);
    }

    private static String kind(Value value, String type) {
        boolean toNumber = type.startsWith("int") || type.startsWith("float");
        return switch (value) {
            case StringValue _ -> "string";
            case BooleanValue _ -> "bool";
            case ObjectValue _ -> "object";
            case ArrayValue _ -> "array";
            case NullValue _ -> "null";
            case IntegerValue _, DoubleValue _ -> toNumber ? "number " + json(value) : "number";
        };
    }

    private static String json(Value value) {
        Sink sink = new Sink(32);
        JsonWriter.write(value, sink);
        return Utf8.decode(sink.buffer(), 0, sink.size());
    }
}
