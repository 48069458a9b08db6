package io.argosy.controllermanager.daemonset;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When a pod that failed may be replaced on its node: at once, then after one second, twice that, up to a quarter of an
 * hour. A node that was quiet for half an hour begins anew. Thread-safe.
 */
final class FailedPods {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /** Sets times nodes; the oldest are forgotten, and begin anew. */
    private static final int MOST = 50_000;

    private record Waiting(Instant last, Duration delay) {}

    private final Map<String, Waiting> entries = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Waiting> eldest) {
            return size() > MOST;
        }
    };

    /** How long to wait yet; zero, and the next time longer, when it may be replaced. */
    synchronized Duration wait(String set, String node, Instant now) {
        String key = set + "/" + node;
        Waiting entry = entries.get(key);
        boolean quiet =
                entry == null || entry.last.plus(LONGEST.multipliedBy(2)).isBefore(now);
        if (quiet) {
            entries.put(key, new Waiting(now, FIRST));
            return Duration.ZERO;
        }
        Duration left = Duration.between(now, entry.last.plus(entry.delay));
        if (left.isPositive()) {
            return left;
        }
        Duration twice = entry.delay.multipliedBy(2);
        entries.put(key, new Waiting(now, twice.compareTo(LONGEST) > 0 ? LONGEST : twice));
        return Duration.ZERO;
    }
}
