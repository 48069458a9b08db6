package io.argosy.controllermanager.cronjob;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * The values of one field of a schedule.
 *
 * @param star whether the field began with {@code *} or {@code ?}
 */
record Field(BitSet values, boolean star) {

    static final List<String> MONTHS =
            List.of("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

    boolean has(int value) {
        return values.get(value);
    }

    /** Throws {@link IllegalArgumentException} with the reason. */
    static Field parse(String text, int least, int most, List<String> names) {
        BitSet values = new BitSet();
        boolean star = false;
        for (String part : text.split(",", -1)) {
            String[] halves = part.split("/", -1);
            if (halves.length > 2) {
                throw new IllegalArgumentException("too many slashes: " + part);
            }
            boolean all = halves[0].equals("*") || halves[0].equals("?");
            String[] ends = halves[0].split("-", -1);
            if (!all && ends.length > 2) {
                throw new IllegalArgumentException("too many hyphens: " + part);
            }
            int from = all ? least : number(ends[0], names);
            int to = all ? most : ends.length == 2 ? number(ends[1], names) : halves.length == 2 ? most : from;
            int step = halves.length == 2 ? number(halves[1], List.of()) : 1;
            star |= all && step == 1;
            if (from < least) {
                throw new IllegalArgumentException(
                        "beginning of range (" + from + ") below minimum (" + least + "): " + part);
            }
            if (to > most) {
                throw new IllegalArgumentException("end of range (" + to + ") above maximum (" + most + "): " + part);
            }
            if (from > to) {
                throw new IllegalArgumentException(
                        "beginning of range (" + from + ") beyond end of range (" + to + "): " + part);
            }
            if (step == 0) {
                throw new IllegalArgumentException("step of range should be a positive number: " + part);
            }
            for (int value = from; value <= to; value += step) {
                values.set(value);
            }
        }
        return new Field(values, star);
    }

    private static int number(String text, List<String> names) {
        int name = names.indexOf(text.toLowerCase(Locale.ROOT));
        if (name >= 0 && !text.isEmpty()) {
            return name;
        }
        if (!text.matches("\\d{1,6}")) {
            throw new IllegalArgumentException("failed to parse int from " + text);
        }
        return Integer.parseInt(text);
    }
}
