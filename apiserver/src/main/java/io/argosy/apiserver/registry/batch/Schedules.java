package io.argosy.apiserver.registry.batch;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether a text is a schedule of cron's form: five fields, or one of the words that stand for them. */
final class Schedules {

    private static final List<String> WORDS =
            List.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

    private record Field(int minimum, int maximum, List<String> names) {}

    private static final List<Field> FIELDS = List.of(
            new Field(0, 59, List.of()),
            new Field(0, 23, List.of()),
            new Field(1, 31, List.of()),
            new Field(1, 12, MONTHS),
            new Field(0, 6, DAYS));

    private Schedules() {}

    /** What is wrong with a schedule, if anything. */
    static Optional<String> problem(String schedule) {
        String text = schedule;
        if (text.startsWith("TZ=") || text.startsWith("CRON_TZ=")) {
            int space = text.indexOf(' ');
            text = space < 0 ? "" : text.substring(space).strip();
        }
        if (text.startsWith("@")) {
            boolean known = WORDS.contains(text) || text.startsWith("@every ");
            return known ? Optional.empty() : Optional.of("unrecognized descriptor: " + text);
        }
        List<String> fields = List.of(text.strip().split("\\s+"));
        if (text.isBlank() || fields.size() != 5) {
            int found = text.isBlank() ? 0 : fields.size();
            return Optional.of("expected exactly 5 fields, found " + found + ": [" + String.join(" ", fields) + "]");
        }
        for (int i = 0; i < 5; i++) {
            for (String part : fields.get(i).split(",", -1)) {
                Optional<String> problem = part(part, FIELDS.get(i));
                if (problem.isPresent()) {
                    return problem;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> part(String part, Field field) {
        String[] stepped = part.split("/", -1);
        if (stepped.length > 2) {
            return Optional.of("too many slashes: " + part);
        }
        if (stepped.length == 2) {
            if (!stepped[1].matches("[0-9]{1,9}")) {
                return Optional.of("failed to parse int from " + stepped[1] + ": strconv.Atoi: parsing \"" + stepped[1]
                        + "\": invalid syntax");
            }
            if (Integer.parseInt(stepped[1]) == 0) {
                return Optional.of("step of range should be a positive number: " + part);
            }
        }
        String[] ends = stepped[0].split("-", -1);
        if (ends.length > 2) {
            return Optional.of("too many hyphens: " + part);
        }
        if (ends[0].equals("*") || ends[0].equals("?")) {
            return Optional.empty();
        }
        int[] numbers = new int[2];
        for (int i = 0; i < 2; i++) {
            String end = ends[Math.min(i, ends.length - 1)];
            int named = field.names().indexOf(end.toLowerCase(Locale.ROOT));
            if (named < 0 && !end.matches("[0-9]{1,9}")) {
                return Optional.of(
                        "failed to parse int from " + end + ": strconv.Atoi: parsing \"" + end + "\": invalid syntax");
            }
            numbers[i] = named >= 0 ? named + field.minimum() : Integer.parseInt(end);
        }
        if (numbers[0] < field.minimum()) {
            return Optional.of(
                    "beginning of range (" + numbers[0] + ") below minimum (" + field.minimum() + "): " + part);
        }
        if (numbers[1] > field.maximum()) {
            return Optional.of("end of range (" + numbers[1] + ") above maximum (" + field.maximum() + "): " + part);
        }
        return numbers[0] > numbers[1]
                ? Optional.of(
                        "beginning of range (" + numbers[0] + ") beyond end of range (" + numbers[1] + "): " + part)
                : Optional.empty();
    }

    /** What is wrong with the name of a time zone, if anything. */
    static Optional<String> zoneProblem(String zone) {
        if (zone.isEmpty()) {
            return Optional.of("timeZone must be nil or non-empty string");
        }
        if (zone.equalsIgnoreCase("Local")) {
            return Optional.of("timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
        }
        try {
            ZoneId.of(zone);
            return Optional.empty();
        } catch (DateTimeException _) {
            return Optional.of("unknown time zone " + zone);
        }
    }
}
