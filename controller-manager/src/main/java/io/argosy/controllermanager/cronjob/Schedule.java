package io.argosy.controllermanager.cronjob;

import io.argosy.apimodel.time.ApiDuration;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** When something is due. Pure. */
sealed interface Schedule {

    /** The five fields of a crontab line, in a time zone. */
    record Fields(Field minute, Field hour, Field day, Field month, Field weekday, ZoneId zone) implements Schedule {

        @Override
        public Optional<Instant> next(Instant after) {
            ZonedDateTime at =
                    after.atZone(zone).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
            int last = at.getYear() + 5;
            while (at.getYear() <= last) {
                if (!month.has(at.getMonthValue())) {
                    at = at.toLocalDate().withDayOfMonth(1).plusMonths(1).atStartOfDay(zone);
                } else if (!isDay(at)) {
                    at = at.toLocalDate().plusDays(1).atStartOfDay(zone);
                } else if (!hour.has(at.getHour())) {
                    at = at.plusHours(1).truncatedTo(ChronoUnit.HOURS);
                } else if (!minute.has(at.getMinute())) {
                    at = at.plusMinutes(1);
                } else {
                    return Optional.of(at.toInstant());
                }
            }
            return Optional.empty();
        }

        /** When both days are restricted, either will do. */
        private boolean isDay(ZonedDateTime at) {
            boolean ofMonth = day.has(at.getDayOfMonth());
            boolean ofWeek = weekday.has(at.getDayOfWeek().getValue() % 7);
            return day.star() || weekday.star() ? ofMonth && ofWeek : ofMonth || ofWeek;
        }
    }

    /** Again and again after the same time, in whole seconds. */
    record Every(Duration period) implements Schedule {
        @Override
        public Optional<Instant> next(Instant after) {
            return Optional.of(after.truncatedTo(ChronoUnit.SECONDS).plus(period));
        }
    }

    Map<String, String> NAMED = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");

    /** How far back is looked for the last time that was due; the first that has one is enough. */
    List<Duration> BACK = List.of(
            Duration.ofHours(1),
            Duration.ofDays(1),
            Duration.ofDays(32),
            Duration.ofDays(366),
            Duration.ofDays(5 * 366));

    /** The first time after that; empty when there is none within five years. */
    Optional<Instant> next(Instant after);

    /** The last time that was due after {@code from} and not after {@code now}. */
    default Optional<Instant> latest(Instant from, Instant now) {
        if (this instanceof Every(Duration period)) {
            long times = Duration.between(from, now).dividedBy(period);
            return times < 1 ? Optional.empty() : Optional.of(from.plus(period.multipliedBy(times)));
        }
        for (Duration back : BACK) {
            Instant start = now.minus(back).isAfter(from) ? now.minus(back) : from;
            Optional<Instant> found = Optional.empty();
            for (Optional<Instant> due = next(start);
                    due.isPresent() && !due.get().isAfter(now);
                    due = next(due.get())) {
                found = due;
            }
            if (found.isPresent() || start.equals(from)) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Throws {@link IllegalArgumentException} with the reason. */
    static Schedule parse(String text, ZoneId zone) {
        String line = text.strip();
        if (line.startsWith("@every ")) {
            Duration period = ApiDuration.parse(line.substring(7).strip())
                    .orElseThrow(() -> new IllegalArgumentException("failed to parse duration " + line));
            if (period.compareTo(Duration.ofSeconds(1)) < 0) {
                return new Every(Duration.ofSeconds(1));
            }
            return new Every(period.truncatedTo(ChronoUnit.SECONDS));
        }
        String[] fields = NAMED.getOrDefault(line, line).split("\\s+");
        if (line.startsWith("@") && !NAMED.containsKey(line)) {
            throw new IllegalArgumentException("unrecognized descriptor: " + line);
        }
        if (fields.length != 5) {
            throw new IllegalArgumentException("expected exactly 5 fields, found " + fields.length + ": " + line);
        }
        return new Fields(
                Field.parse(fields[0], 0, 59, List.of()),
                Field.parse(fields[1], 0, 23, List.of()),
                Field.parse(fields[2], 1, 31, List.of()),
                Field.parse(fields[3], 1, 12, Field.MONTHS),
                Field.parse(fields[4], 0, 6, Field.DAYS),
                zone);
    }
}
