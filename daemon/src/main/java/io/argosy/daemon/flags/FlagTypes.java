package io.argosy.daemon.flags;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The types of values that upstream's flags have. */
final class FlagTypes {

    private FlagTypes() {}

    static final FlagType<String> STRING = scalar("string", text -> text, v -> v.isEmpty() ? "" : "\"" + v + "\"");
    static final FlagType<String> IP = scalar("ip", FlagTypes::ip, v -> v);
    static final FlagType<Integer> INT =
            scalar("int", text -> (int) integer(text, 32), v -> v == 0 ? "" : v.toString());
    static final FlagType<Integer> INT32 =
            scalar("int32", text -> (int) integer(text, 32), v -> v == 0 ? "" : v.toString());
    static final FlagType<Long> INT64 = scalar("int", text -> integer(text, 64), v -> v == 0 ? "" : v.toString());
    static final FlagType<Double> FLOAT = scalar("float", FlagTypes::decimal, FlagTypes::showDecimal);
    static final FlagType<Duration> DURATION =
            scalar("duration", GoDuration::parse, v -> v.isZero() ? "" : GoDuration.format(v));
    static final FlagType<Boolean> BOOL = new BooleanType();
    static final FlagType<List<String>> STRINGS = new StringsType();
    static final FlagType<Map<String, String>> MAP = new MapType<>("mapStringString", '=', text -> text);
    static final FlagType<Map<String, String>> THRESHOLDS = new MapType<>("mapStringString", '<', text -> text);
    static final FlagType<Map<String, Boolean>> BOOLEAN_MAP = new MapType<>("mapStringBool", '=', FlagTypes::truth);

    static <T> FlagType<T> scalar(String name, Function<String, T> read, Function<T, String> show) {
        return new FlagType<>() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public T read(String text, Optional<T> earlier) {
                return read.apply(text);
            }

            @Override
            public String show(T value) {
                return show.apply(value);
            }
        };
    }

    private static String ip(String text) {
        String trimmed = text.strip();
        boolean v4 = trimmed.matches("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
        boolean v6 = trimmed.indexOf(':') >= 0 && trimmed.matches("[0-9a-fA-F:.]+");
        if (!trimmed.isEmpty() && !v4 && !v6) {
            throw new IllegalArgumentException("failed to parse IP: \"" + text + "\"");
        }
        return trimmed;
    }

    private static long integer(String text, int bits) {
        try {
            String digits = text.startsWith("+") ? text.substring(1) : text;
            BigInteger number =
                    digits.startsWith("0x") ? new BigInteger(digits.substring(2), 16) : new BigInteger(digits);
            if (number.bitLength() >= bits) {
                throw new IllegalArgumentException("strconv.ParseInt: parsing \"" + text + "\": value out of range");
            }
            return number.longValue();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("strconv.ParseInt: parsing \"" + text + "\": invalid syntax", e);
        }
    }

    private static double decimal(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("strconv.ParseFloat: parsing \"" + text + "\": invalid syntax", e);
        }
    }

    private static String showDecimal(double value) {
        if (value == 0) {
            return "";
        }
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    static boolean truth(String text) {
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default ->
                throw new IllegalArgumentException("strconv.ParseBool: parsing \"" + text + "\": invalid syntax");
        };
    }

    private static final class BooleanType implements FlagType<Boolean> {
        @Override
        public String name() {
            return "";
        }

        @Override
        public Boolean read(String text, Optional<Boolean> earlier) {
            return truth(text);
        }

        @Override
        public String show(Boolean value) {
            return value ? "true" : "";
        }

        @Override
        public boolean optionalValue() {
            return true;
        }
    }

    private static final class StringsType implements FlagType<List<String>> {
        @Override
        public String name() {
            return "strings";
        }

        @Override
        public List<String> read(String text, Optional<List<String>> earlier) {
            List<String> all = new ArrayList<>(earlier.orElse(List.of()));
            if (!text.isEmpty()) {
                all.addAll(List.of(text.split(",", -1)));
            }
            return List.copyOf(all);
        }

        @Override
        public String show(List<String> value) {
            return value.isEmpty() ? "" : "[" + String.join(",", value) + "]";
        }
    }

    record RepeatedType(String name, String shownDefault) implements FlagType<List<String>> {
        @Override
        public List<String> read(String text, Optional<List<String>> earlier) {
            List<String> all = new ArrayList<>(earlier.orElse(List.of()));
            all.add(text);
            return List.copyOf(all);
        }

        @Override
        public String show(List<String> value) {
            return shownDefault;
        }
    }

    private record MapType<V>(String name, char between, Function<String, V> readValue)
            implements FlagType<Map<String, V>> {
        @Override
        public Map<String, V> read(String text, Optional<Map<String, V>> earlier) {
            Map<String, V> all = new LinkedHashMap<>(earlier.orElse(Map.of()));
            for (String pair : text.split(",", -1)) {
                if (pair.isBlank()) {
                    continue;
                }
                int equals = pair.indexOf(between);
                if (equals < 0) {
                    throw new IllegalArgumentException(
                            "malformed pair, expect string" + between + "value, got \"" + pair + "\"");
                }
                all.put(
                        pair.substring(0, equals).strip(),
                        readValue.apply(pair.substring(equals + 1).strip()));
            }
            return Map.copyOf(all);
        }

        @Override
        public String show(Map<String, V> value) {
            return "";
        }
    }
}
