package io.argosy.apimodel.codec;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;

/** What the decoder says of a text that is no RFC 3339 time. */
final class TimeText {

    /** The time that counts as not set. */
    static final Instant ZERO = Instant.parse("0001-01-01T00:00:00Z");

    private static final List<String> ELEMENTS = List.of("2006", "-", "01", "-", "02", "T", "15", ":", "04", ":", "05");

    private TimeText() {}

    /** {@code parsing time "x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006"}. */
    static String error(String text, String layout) {
        String start = "parsing time \"" + text + "\"";
        int at = 0;
        int[] numbers = new int[6];
        int count = 0;
        for (String element : ELEMENTS) {
            int end = at + element.length();
            boolean number = Character.isDigit(element.charAt(0));
            if (end > text.length() || !(number ? digits(text, at, end) : text.startsWith(element, at))) {
                return cannotParse(start, layout, text.substring(Math.min(at, text.length())), element);
            }
            if (number) {
                numbers[count++] = Integer.parseInt(text, at, end, 10);
                String range = range(count, numbers);
                if (!range.isEmpty()) {
                    return start + ": " + range + " out of range";
                }
            }
            at = end;
        }
        boolean micro = layout.contains(".");
        if (micro && !(at + 7 <= text.length() && text.charAt(at) == '.' && digits(text, at + 1, at + 7))) {
            return cannotParse(start, layout, text.substring(at), ".000000");
        }
        if (micro) {
            at += 7;
        } else if (at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',')) {
            at++;
            while (at < text.length() && Character.isDigit(text.charAt(at))) {
                at++;
            }
        }
        String zone = text.substring(at);
        if (zone.startsWith("Z") && zone.length() > 1) {
            return start + ": extra text: \"" + zone.substring(1) + "\"";
        }
        if (numbers[2] > daysIn(numbers[0], numbers[1])) {
            return start + ": day out of range";
        }
        return cannotParse(start, layout, zone, "Z07:00");
    }

    private static String cannotParse(String start, String layout, String rest, String element) {
        return start + " as \"" + layout + "\": cannot parse \"" + rest + "\" as \"" + element + "\"";
    }

    private static boolean digits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static String range(int count, int[] numbers) {
        int last = numbers[count - 1];
        return switch (count) {
            case 2 -> last < 1 || last > 12 ? "month" : "";
            case 4 -> last > 23 ? "hour" : "";
            case 5 -> last > 59 ? "minute" : "";
            case 6 -> last > 59 ? "second" : "";
            default -> "";
        };
    }

    private static int daysIn(int year, int month) {
        return YearMonth.of(year, month).lengthOfMonth();
    }
}
