package io.argosy.controllermanager.job;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Sets of completion indexes in the form that a Job's status has: {@code 1,3-5,7}. */
final class Indexes {

    private Indexes() {}

    /** Reads a set; what is beyond {@code completions}, or no number, is left out. */
    static BitSet parse(@Nullable String text, int completions) {
        BitSet set = new BitSet();
        if (text == null || text.isEmpty()) {
            return set;
        }
        for (String part : text.split(",")) {
            add(set, part, completions);
        }
        return set;
    }

    private static void add(BitSet set, String part, int completions) {
        int dash = part.indexOf('-');
        String first = dash < 0 ? part : part.substring(0, dash);
        String last = dash < 0 ? part : part.substring(dash + 1);
        if (first.matches("\\d{1,9}") && last.matches("\\d{1,9}") && Integer.parseInt(first) < completions) {
            set.set(Integer.parseInt(first), Math.min(Integer.parseInt(last), completions - 1) + 1);
        }
    }

    static String format(BitSet set) {
        StringBuilder out = new StringBuilder();
        for (int from = set.nextSetBit(0); from >= 0; ) {
            int to = set.nextClearBit(from) - 1;
            out.append(out.isEmpty() ? "" : ",").append(from);
            if (to == from + 1) {
                out.append(',').append(to);
            } else if (to > from) {
                out.append('-').append(to);
            }
            from = set.nextSetBit(to + 1);
        }
        return out.toString();
    }
}
