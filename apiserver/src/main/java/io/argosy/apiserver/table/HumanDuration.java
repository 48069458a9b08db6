package io.argosy.apiserver.table;

import io.argosy.apimodel.time.ApiTime;
import io.argosy.apimodel.tree.ObjectValue;
import java.time.Duration;
import java.time.Instant;

/** Lengths of time in two units at most, rougher the longer they are: {@code 45s}, {@code 3m20s}, {@code 5d}. */
final class HumanDuration {

    static final String UNKNOWN = "<unknown>";

    private HumanDuration() {}

    /** The time since the time at {@code path}. */
    static String since(ObjectValue object, Instant now, String... path) {
        return object.string(path).map(time -> since(time, now)).orElse(UNKNOWN);
    }

    static String since(String time, Instant now) {
        return ApiTime.parse(time).map(then -> of(Duration.between(then, now))).orElse(UNKNOWN);
    }

    static String of(Duration duration) {
        long seconds = duration.isNegative() ? -duration.negated().toSeconds() : duration.toSeconds();
        if (seconds < -1) {
            return "<invalid>";
        }
        if (seconds < 0) {
            return "0s";
        }
        if (seconds < 120) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes < 10) {
            return pair(minutes, "m", seconds % 60, "s");
        }
        if (minutes < 180) {
            return minutes + "m";
        }
        return ofHours(minutes / 60, minutes % 60);
    }

    private static String ofHours(long hours, long minutes) {
        if (hours < 8) {
            return pair(hours, "h", minutes, "m");
        }
        if (hours < 48) {
            return hours + "h";
        }
        long days = hours / 24;
        if (days < 8) {
            return pair(days, "d", hours % 24, "h");
        }
        if (days < 2 * 365) {
            return days + "d";
        }
        long years = days / 365;
        return years < 8 ? pair(years, "y", days % 365, "d") : years + "y";
    }

    private static String pair(long large, String largeUnit, long small, String smallUnit) {
        return small == 0 ? large + largeUnit : large + largeUnit + small + smallUnit;
    }
}
