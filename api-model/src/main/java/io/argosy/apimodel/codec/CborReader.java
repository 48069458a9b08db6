package io.argosy.apimodel.codec;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.DoubleValue;
import io.argosy.apimodel.tree.IntegerValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import java.io.ByteArrayOutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reads CBOR (RFC 8949) as the API uses it into a tree. Refuses with 400 what is not well-formed, names that stand twice
 * or are no strings, numbers that JSON does not have, and what is nested deeper than {@value #MAX_DEPTH}. What a length
 * promises is never allocated before it is there.
 */
public final class CborReader {

    /** The deepest nesting: each level costs stack. */
    public static final int MAX_DEPTH = 1_000;

    private static final int INDEFINITE = 31;
    private static final long SELF_DESCRIBED = 55_799;

    private final byte[] bytes;
    private int at;

    private CborReader(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Value read(byte[] cbor) {
        CborReader reader = new CborReader(cbor);
        Value value = reader.item(1);
        if (reader.at != cbor.length) {
            throw wrong((cbor.length - reader.at) + " bytes of extraneous data starting at index " + reader.at);
        }
        return value;
    }

    private static ApiException wrong(String what) {
        return ApiException.badRequest("cbor: " + what);
    }

    private Value item(int depth) {
        Value value = itemOrBreak(depth);
        if (value == null) {
            throw wrong("unexpected \"break\" code");
        }
        return value;
    }

    /** Null for the code that ends what has no length. */
    private @Nullable Value itemOrBreak(int depth) {
        if (depth > MAX_DEPTH) {
            throw wrong("exceeded max nested level " + MAX_DEPTH);
        }
        int head = next();
        int major = head >> 5;
        int info = head & 31;
        return switch (major) {
            case 0 -> whole(argument(info), false);
            case 1 -> whole(argument(info), true);
            case 2, 3 -> {
                byte[] text = string(major, info);
                requireUtf8(major, text);
                yield Value.of(Utf8.decode(text, 0, text.length));
            }
            case 4 -> array(info, depth);
            case 5 -> map(info, depth);
            case 6 -> tagged(argument(info), depth);
            default -> simple(info);
        };
    }

    private int next() {
        if (at >= bytes.length) {
            throw wrong("unexpected EOF");
        }
        return bytes[at++] & 0xff;
    }

    private long argument(int info) {
        if (info < 24) {
            return info;
        }
        if (info > 27) {
            throw wrong("invalid additional information " + info);
        }
        long value = 0;
        for (int i = 1 << (info - 24); i > 0; i--) {
            value = (value << 8) | next();
        }
        return value;
    }

    private static Value whole(long argument, boolean negative) {
        if (argument < 0) {
            throw wrong("cannot unmarshal " + Long.toUnsignedString(argument) + " into Go value of type int64");
        }
        return Value.of(negative ? ~argument : argument);
    }

    private byte[] string(int major, int info) {
        if (info != INDEFINITE) {
            long length = argument(info);
            if (length < 0 || length > bytes.length - at) {
                throw wrong("unexpected EOF");
            }
            at += (int) length;
            return Arrays.copyOfRange(bytes, at - (int) length, at);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (int head = next(); head != 0xff; head = next()) {
            if (head >> 5 != major || (head & 31) == INDEFINITE) {
                throw wrong("wrong element type for indefinite-length string");
            }
            whole.writeBytes(string(major, head & 31));
        }
        return whole.toByteArray();
    }

    private static void requireUtf8(int major, byte[] text) {
        for (int i = 0; major == 3 && i < text.length; ) {
            int length = text[i] >= 0 ? 1 : Utf8.lengthAt(text, i, text.length);
            if (length == 0) {
                throw wrong("invalid UTF-8 string");
            }
            i += length;
        }
    }

    private ArrayValue array(int info, int depth) {
        ArrayValue array = new ArrayValue();
        if (info == INDEFINITE) {
            for (Value item = itemOrBreak(depth + 1); item != null; item = itemOrBreak(depth + 1)) {
                array.add(item);
            }
        } else {
            long length = argument(info);
            for (long i = 0; i != length; i++) {
                array.add(item(depth + 1));
            }
        }
        return array;
    }

    private ObjectValue map(int info, int depth) {
        ObjectValue object = new ObjectValue();
        long length = info == INDEFINITE ? -1 : argument(info);
        if (info != INDEFINITE && length < 0) {
            throw wrong("unexpected EOF");
        }
        for (long i = 0; i != length; i++) {
            Value name = itemOrBreak(depth + 1);
            if (name == null && info == INDEFINITE) {
                return object;
            }
            if (!(name instanceof StringValue text)) {
                throw wrong("cannot unmarshal " + (name == null ? "break" : name.typeName())
                        + " into Go value of type string");
            }
            if (object.has(text.value())) {
                throw wrong("found duplicate map key \"" + text.value() + "\" at map element index " + i);
            }
            object.put(text.value(), item(depth + 1));
        }
        return object;
    }

    private Value tagged(long tag, int depth) {
        if (tag == SELF_DESCRIBED) {
            return item(depth + 1);
        }
        if (tag == 2 || tag == 3) {
            throw wrong("bignum is not allowed");
        }
        int start = at;
        if (tag >= 21 && tag <= 23 && at < bytes.length && (bytes[at] & 0xff) >> 5 == 2) {
            byte[] content = string(2, next() & 31);
            return Value.of(
                    switch ((int) tag) {
                        case 21 -> Base64.getUrlEncoder().withoutPadding().encodeToString(content);
                        case 22 -> Base64.getEncoder().encodeToString(content);
                        default -> HexFormat.of().withUpperCase().formatHex(content);
                    });
        }
        at = start;
        Value content = item(depth + 1);
        return tag == 1 ? time(content) : content;
    }

    /** Seconds since 1970 as RFC 3339. */
    private static Value time(Value seconds) {
        try {
            return switch (seconds) {
                case IntegerValue whole ->
                    Value.of(Instant.ofEpochSecond(whole.value()).toString());
                case DoubleValue real -> {
                    long whole = (long) Math.floor(real.value());
                    long nanos = (long) ((real.value() - whole) * 1e9);
                    yield Value.of(Instant.ofEpochSecond(whole, nanos).toString());
                }
                default -> throw wrong("tag number 1 must be followed by an integer or a floating-point number");
            };
        } catch (DateTimeException e) {
            throw wrong("time is out of range");
        }
    }

    private @Nullable Value simple(int info) {
        return switch (info) {
            case 20 -> Value.of(false);
            case 21 -> Value.of(true);
            case 22 -> NullValue.NULL;
            case 25 -> real(Float.float16ToFloat((short) argument(info)));
            case 26 -> real(Float.intBitsToFloat((int) argument(info)));
            case 27 -> real(Double.longBitsToDouble(argument(info)));
            case INDEFINITE -> null;
            default -> throw wrong("simple value " + info + " is not allowed");
        };
    }

    private static Value real(double value) {
        if (!Double.isFinite(value)) {
            throw wrong("floating-point " + value + " is not allowed");
        }
        return Value.of(value);
    }
}
