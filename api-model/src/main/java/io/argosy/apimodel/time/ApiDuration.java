package io.argosy.apimodel.time;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** Durations as the API writes them: {@code 1h30m0s}, {@code 1.5s}, {@code 300ms}; bounded to 64 bits of nanoseconds. */
public final class ApiDuration {

    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private ApiDuration() {}

    public static String format(Duration duration) {
        return format(duration.toNanos());
    }

    public static String format(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        String sign = nanos < 0 ? "-" : "";
        BigDecimal size = BigDecimal.valueOf(nanos).abs();
        if (size.compareTo(BigDecimal.valueOf(1000)) < 0) {
            return sign + size.toPlainString() + "ns";
        }
        if (size.compareTo(BigDecimal.valueOf(1_000_000)) < 0) {
            return sign + plain(size.movePointLeft(3)) + "µs";
        }
        if (size.compareTo(BigDecimal.valueOf(1_000_000_000)) < 0) {
            return sign + plain(size.movePointLeft(6)) + "ms";
        }
        BigDecimal[] minutes = size.movePointLeft(9).divideAndRemainder(BigDecimal.valueOf(60));
        String text = plain(minutes[1]) + "s";
        long whole = minutes[0].longValue();
        if (whole == 0) {
            return sign + text;
        }
        text = whole % 60 + "m" + text;
        return sign + (whole < 60 ? text : whole / 60 + "h" + text);
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /** Reads {@code 1h30m}, {@code -1.5s}, {@code 0}; empty when it is none. */
    public static Optional<Duration> parse(String text) {
        boolean negative = text.startsWith("-");
        String rest = negative || text.startsWith("+") ? text.substring(1) : text;
        if (rest.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        if (rest.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal nanos = BigDecimal.ZERO;
        int at = 0;
        while (at < rest.length()) {
            int start = at;
            while (at < rest.length() && (Character.isDigit(rest.charAt(at)) || rest.charAt(at) == '.')) {
                at++;
            }
            String number = rest.substring(start, at);
            start = at;
            while (at < rest.length() && !Character.isDigit(rest.charAt(at)) && rest.charAt(at) != '.') {
                at++;
            }
            long unit = unit(rest.substring(start, at));
            if (unit == 0 || !number.matches("[0-9]+(\\.[0-9]*)?|\\.[0-9]+") || number.length() > 40) {
                return Optional.empty();
            }
            nanos = nanos.add(new BigDecimal(number).multiply(BigDecimal.valueOf(unit)));
            if (nanos.compareTo(LARGEST) > 0) {
                return Optional.empty();
            }
        }
        return Optional.of(Duration.ofNanos(negative ? -nanos.longValue() : nanos.longValue()));
    }

    private static long unit(String name) {
        return switch (name) {
            case "ns" -> 1;
            case "us", "µs", "μs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 0;
        };
    }
}
