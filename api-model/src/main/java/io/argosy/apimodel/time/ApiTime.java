package io.argosy.apimodel.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Times in the two forms of the API: RFC 3339 in UTC, with whole seconds (Time) or microseconds (MicroTime). */
public final class ApiTime {

    private ApiTime() {}

    /** {@code 2026-11-22T10:00:00Z}; what is below a second is dropped. */
    public static String format(Instant time) {
        return format(time, false);
    }

    /** {@code 2026-11-22T10:00:00.000000Z}; what is below a microsecond is dropped. */
    public static String formatMicro(Instant time) {
        return format(time, true);
    }

    private static String format(Instant time, boolean micros) {
        LocalDateTime utc = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(27);
        digits(utc.getYear(), 4, text);
        text.append('-');
        digits(utc.getMonthValue(), 2, text);
        text.append('-');
        digits(utc.getDayOfMonth(), 2, text);
        text.append('T');
        digits(utc.getHour(), 2, text);
        text.append(':');
        digits(utc.getMinute(), 2, text);
        text.append(':');
        digits(utc.getSecond(), 2, text);
        if (micros) {
            text.append('.');
            digits(utc.get(ChronoField.MICRO_OF_SECOND), 6, text);
        }
        return text.append('Z').toString();
    }

    private static void digits(int value, int width, StringBuilder text) {
        String digits = Integer.toString(value);
        text.repeat('0', width - digits.length()).append(digits);
    }

    /**
     * Reads RFC 3339, with any fraction and any offset.
     *
     * @return empty when it is none
     */
    public static Optional<Instant> parse(String text) {
        if (text.length() < 20
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return Optional.empty();
        }
        try {
            int end = 19;
            int nanos = 0;
            if (text.charAt(19) == '.' || text.charAt(19) == ',') {
                end = 20;
                int scale = 100_000_000;
                while (end < text.length() && digit(text, end)) {
                    nanos += (text.charAt(end) - '0') * scale;
                    scale /= 10;
                    end++;
                }
                if (end == 20) {
                    return Optional.empty();
                }
            }
            LocalDateTime local = LocalDateTime.of(
                    number(text, 0, 4),
                    number(text, 5, 7),
                    number(text, 8, 10),
                    number(text, 11, 13),
                    number(text, 14, 16),
                    number(text, 17, 19),
                    nanos);
            return offset(text, end)
                    .map(seconds -> local.toInstant(ZoneOffset.UTC).minusSeconds(seconds));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** As {@link #parse}, with a fraction of exactly six digits: the only form in which a MicroTime is read. */
    public static Optional<Instant> parseMicro(String text) {
        boolean six = text.length() > 26 && text.charAt(19) == '.' && !digit(text, 26);
        return six ? parse(text) : Optional.empty();
    }

    /** Seconds east of UTC. */
    private static Optional<Integer> offset(String text, int at) {
        String zone = text.substring(at);
        if (zone.equals("Z")) {
            return Optional.of(0);
        }
        if (zone.length() != 6 || zone.charAt(3) != ':' || (zone.charAt(0) != '+' && zone.charAt(0) != '-')) {
            return Optional.empty();
        }
        int hours = number(zone, 1, 3);
        int minutes = number(zone, 4, 6);
        if (hours > 23 || minutes > 59) {
            return Optional.empty();
        }
        int seconds = hours * 3600 + minutes * 60;
        return Optional.of(zone.charAt(0) == '-' ? -seconds : seconds);
    }

    private static boolean digit(String text, int at) {
        return text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private static int number(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            if (!digit(text, i)) {
                throw new DateTimeException("not a digit");
            }
            value = value * 10 + text.charAt(i) - '0';
        }
        return value;
    }

    /** The same moment without what is below a second. */
    public static Instant toSeconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
