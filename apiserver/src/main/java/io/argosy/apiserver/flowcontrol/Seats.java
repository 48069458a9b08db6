package io.argosy.apiserver.flowcontrol;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * How many of a server's seats each priority level has: its share, and what it borrows of others that need less. Pure.
 *
 * <p>Source: Kubernetes page "API Priority and Fairness", section "Priority Levels".
 */
final class Seats {

    private static final int ROUNDS = 60;

    private Seats() {}

    /**
     * What a level has by its share, and how far it may go from that.
     *
     * @param least when others use all that it lends
     * @param most when it borrows all that it may
     */
    record Range(int nominal, int least, int most) {}

    static Map<String, Range> ranges(Collection<LevelSettings> levels, int total) {
        long shares = levels.stream().mapToLong(LevelSettings::shares).sum();
        Map<String, Range> ranges = new HashMap<>();
        for (LevelSettings level : levels) {
            int nominal = shares == 0 ? 0 : (int) Math.ceil((double) total * level.shares() / shares);
            int lendable = (int) Math.round(nominal * level.lendablePercent() / 100.0);
            int borrowing = level.borrowingPercent()
                    .map(percent -> (int) Math.round(nominal * percent / 100.0))
                    .orElse(total);
            ranges.put(level.name(), new Range(nominal, nominal - lendable, nominal + borrowing));
        }
        return ranges;
    }

    /**
     * The seats of the levels that are limited: to each the same fraction of what it needs, within its range, so that
     * together they have all.
     *
     * @param needed by name
     */
    static Map<String, Integer> divide(Map<String, Range> ranges, Map<String, Double> needed) {
        int total = ranges.values().stream().mapToInt(Range::nominal).sum();
        Map<String, Double> wanted = new HashMap<>();
        ranges.forEach((name, range) -> {
            // What a level needs above its share it may have only of what others lend.
            double need = Math.max(range.least(), needed.getOrDefault(name, 0.0));
            wanted.put(name, Math.max(1, need));
        });
        double low = 0;
        double high = Math.max(1, 2.0 * total);
        for (int i = 0; i < ROUNDS; i++) {
            double middle = (low + high) / 2;
            if (sum(ranges, wanted, middle) > total) {
                high = middle;
            } else {
                low = middle;
            }
        }
        Map<String, Integer> seats = new HashMap<>();
        for (Map.Entry<String, Range> entry : ranges.entrySet()) {
            double fair = within(entry.getValue(), low * wanted.getOrDefault(entry.getKey(), 1.0));
            seats.put(entry.getKey(), (int) Math.max(1, Math.round(fair)));
        }
        return seats;
    }

    private static double sum(Map<String, Range> ranges, Map<String, Double> wanted, double fraction) {
        return ranges.entrySet().stream()
                .mapToDouble(entry -> within(entry.getValue(), fraction * wanted.getOrDefault(entry.getKey(), 1.0)))
                .sum();
    }

    private static double within(Range range, double seats) {
        return Math.clamp(seats, (double) range.least(), (double) range.most());
    }
}
