package io.argosy.apimodel.codec;

import io.argosy.apimodel.quantity.Quantity;
import io.argosy.apimodel.schema.ScalarSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.time.ApiDuration;
import io.argosy.apimodel.time.ApiTime;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** Scalars from protobuf to JSON. */
final class JsonScalars {

    private final WireCursor in;
    private final Sink out;

    JsonScalars(WireCursor in, Sink out) {
        this.in = in;
        this.out = out;
    }

    /** Writes a value whose tag was read; with {@code omitZero}, false and nothing for a zero. */
    boolean write(ScalarSchema.Type type, int tag, int end, boolean omitZero) {
        return switch (type) {
            case BOOLEAN, INT32, INT64 -> {
                in.expect(tag, WireReader.VARINT);
                yield number(type, in.varint(end), omitZero);
            }
            case DOUBLE -> {
                in.expect(tag, WireReader.FIXED64);
                yield real(Double.longBitsToDouble(in.fixed64(end)), omitZero);
            }
            default -> {
                int length = in.length(end, tag);
                int start = in.position();
                in.at(start + length);
                boolean written = length > 0 || !omitZero;
                if (written) {
                    delimited(type, start, start + length);
                    in.at(start + length);
                }
                yield written;
            }
        };
    }

    boolean isPacked(Schema element, int tag) {
        return (tag & 7) == WireReader.LENGTH
                && element instanceof ScalarSchema scalar
                && switch (scalar.type()) {
                    case BOOLEAN, INT32, INT64, DOUBLE -> true;
                    default -> false;
                };
    }

    /** Numbers one after another in one value. */
    void packed(ScalarSchema.Type type, int end, int tag) {
        int length = in.length(end, tag);
        int last = in.position() + length;
        boolean first = true;
        while (in.position() < last) {
            if (!first) {
                out.put(',');
            }
            first = false;
            if (type == ScalarSchema.Type.DOUBLE) {
                real(Double.longBitsToDouble(in.fixed64(last)), false);
            } else {
                number(type, in.varint(last), false);
            }
        }
    }

    private boolean number(ScalarSchema.Type type, long value, boolean omitZero) {
        if (value == 0 && omitZero) {
            return false;
        }
        switch (type) {
            case BOOLEAN -> out.ascii(value != 0 ? "true" : "false");
            case INT32 -> int32(value);
            default -> out.decimal(value);
        }
        return true;
    }

    /** Numbers of 32 bits are the lower half of what is written. */
    private void int32(long written) {
        int lower = (int) written;
        out.decimal(lower);
    }

    private boolean real(double value, boolean omitZero) {
        if (value == 0 && omitZero) {
            return false;
        }
        if (!Double.isFinite(value)) {
            throw ApiException.badRequest("json: unsupported value: " + value);
        }
        JsonText.number(value, out);
        return true;
    }

    private void delimited(ScalarSchema.Type type, int from, int to) {
        switch (type) {
            case STRING -> JsonText.utf8(in.bytes(), from, to, out);
            case BYTES -> {
                ByteBuffer encoded = Base64.getEncoder().encode(ByteBuffer.wrap(in.bytes(), from, to - from));
                out.put('"').put(encoded.array(), 0, encoded.limit()).put('"');
            }
            case QUANTITY -> quantity(from, to);
            case TIME, MICRO_TIME -> time(from, to, type == ScalarSchema.Type.MICRO_TIME);
            case DURATION -> JsonText.string(ApiDuration.format(numberIn(from, to, 1)), out);
            case INT_OR_STRING -> intOrString(from, to);
            default -> throw new IllegalStateException("not a message: " + type);
        }
    }

    private void quantity(int from, int to) {
        int textFrom = to;
        int textTo = to;
        in.at(from);
        while (in.position() < to) {
            int tag = in.tag(to);
            if (tag >>> 3 == 1) {
                int length = in.length(to, tag);
                textFrom = in.position();
                textTo = textFrom + length;
                in.at(textTo);
            } else {
                in.skip(tag, to);
            }
        }
        if (isPlain(textFrom, textTo)) {
            out.put('"').put(in.bytes(), textFrom, textTo - textFrom).put('"');
            return;
        }
        try {
            String text = textFrom == textTo ? "0" : Utf8.decode(in.bytes(), textFrom, textTo);
            JsonText.string(Quantity.parse(text).toString(), out);
        } catch (Quantity.QuantityException e) {
            throw ApiException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    /** Whether a text is short digits with at most one of the usual suffixes: what is stored is canonical already. */
    private boolean isPlain(int from, int to) {
        byte[] bytes = in.bytes();
        int at = from;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        boolean digits = at > from && at - from < 16 && (bytes[from] != '0' || at - from == 1);
        int suffix = to - at;
        if (!digits || suffix > 2) {
            return false;
        }
        boolean known = suffix == 0
                || (suffix == 1 && "mkMGT".indexOf(bytes[at]) >= 0)
                || (suffix == 2 && bytes[at + 1] == 'i' && "KMGT".indexOf(bytes[at]) >= 0);
        // A trailing zero or a multiple of 1024 may ask for a larger suffix.
        return known && (suffix == 0 ? to - from < 3 : at - from < 3 || bytes[at - 1] % 2 != 0);
    }

    private void time(int from, int to, boolean micro) {
        if (from == to) {
            out.ascii("null");
            return;
        }
        long seconds = numberIn(from, to, 1);
        long nanos = micro ? (int) numberIn(from, to, 2) : 0;
        try {
            Instant time = Instant.ofEpochSecond(seconds, nanos);
            out.put('"')
                    .ascii(micro ? ApiTime.formatMicro(time) : ApiTime.format(time))
                    .put('"');
        } catch (DateTimeException e) {
            throw ApiException.badRequest("Time.MarshalJSON: year outside of range [0,9999]");
        }
    }

    private void intOrString(int from, int to) {
        long type = numberIn(from, to, 1);
        if (type == 0) {
            int32(numberIn(from, to, 2));
            return;
        }
        int textFrom = to;
        int textTo = to;
        in.at(from);
        while (in.position() < to) {
            int tag = in.tag(to);
            if (tag >>> 3 == 3) {
                int length = in.length(to, tag);
                textFrom = in.position();
                textTo = textFrom + length;
                in.at(textTo);
            } else {
                in.skip(tag, to);
            }
        }
        JsonText.utf8(in.bytes(), textFrom, textTo, out);
    }

    /** The number in a field of a message; 0 when it has none. */
    private long numberIn(int from, int to, int number) {
        long value = 0;
        in.at(from);
        while (in.position() < to) {
            int tag = in.tag(to);
            if (tag >>> 3 == number) {
                in.expect(tag, WireReader.VARINT);
                value = in.varint(to);
            } else {
                in.skip(tag, to);
            }
        }
        return value;
    }
}
