package io.argosy.apiserver.registry.batch;

import io.argosy.apiserver.registry.check.Spot;

/** Rules of when an indexed job counts as done before all its indexes are. */
final class SuccessPolicyRules {

    private static final int MOST_RULES = 20;
    private static final int LONGEST_INDEXES = 64 << 10;

    private final long completions;

    private SuccessPolicyRules(long completions) {
        this.completions = completions;
    }

    /** Indexes that cannot be read; why not. */
    private static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1;

        UnreadableException(String why) {
            super(why, null, false, false);
        }
    }

    static void check(Spot policy, long completions) {
        Spot rules = policy.at("rules");
        if (rules.empty()) {
            rules.required("at least one rules must be specified when the successPolicy is specified");
        }
        rules.atMostItems(MOST_RULES);
        SuccessPolicyRules job = new SuccessPolicyRules(completions);
        rules.items().forEach(job::rule);
    }

    private void rule(Spot rule) {
        Spot count = rule.at("succeededCount");
        Spot indexes = rule.at("succeededIndexes");
        if (!count.present() && !indexes.present()) {
            rule.required("at least one of succeededCount or succeededIndexes must be specified");
        }
        long total = 0;
        if (indexes.text().length() > LONGEST_INDEXES) {
            indexes.tooLong(LONGEST_INDEXES);
        }
        if (indexes.present()) {
            try {
                total = total(indexes.text());
            } catch (UnreadableException unreadable) {
                indexes.invalid("error parsing succeededIndexes: " + unreadable.getMessage());
            }
        }
        count.notNegative();
        if (count.number() > completions) {
            count.invalid("must be less than or equal to " + completions + " (the number of specified completions)");
        }
        if (indexes.present() && count.number() > total) {
            count.invalid("must be less than or equal to " + total
                    + " (the number of indexes in the specified succeededIndexes field)");
        }
    }

    /** How many indexes {@code 1,3-5} is. */
    private long total(String text) throws UnreadableException {
        if (text.isEmpty()) {
            return 0;
        }
        long total = 0;
        long last = -1;
        for (String interval : text.split(",", -1)) {
            String[] limits = interval.split("-", -1);
            if (limits.length > 2) {
                throw new UnreadableException("the fragment \"" + interval
                        + "\" violates the requirement that an index interval can have at most two parts separated by"
                        + " '-'");
            }
            long first = index(limits[0]);
            long end = limits.length == 2 ? index(limits[1]) : first;
            if (limits.length == 2 && first >= end) {
                throw new UnreadableException("non-increasing order, previous: " + first + ", current: " + end);
            }
            if (last >= first) {
                throw new UnreadableException("non-increasing order, previous: " + last + ", current: " + first);
            }
            total += end - first + 1;
            last = end;
        }
        return total;
    }

    private long index(String text) throws UnreadableException {
        long index;
        try {
            index = Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw new UnreadableException("cannot convert string to integer for index: \"" + text + "\"");
        }
        if (index >= completions) {
            throw new UnreadableException("too large index: \"" + text + "\"");
        }
        return index;
    }
}
