package io.argosy.controllermanager.autoscaler;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What an autoscaler proposed and did lately. Only the worker that has the autoscaler's key uses it. Bounded by age: what
 * no window reaches any more is dropped, and a round adds at most one entry of each kind.
 */
final class ScaleHistory {

    /** The longest window that the API allows. */
    private static final Duration LONGEST = Duration.ofHours(1);

    /** At a given time, how many pods were proposed or how many were added or removed. */
    record Entry(int count, Instant at) {}

    private final List<Entry> proposals = new ArrayList<>();
    private final List<Entry> added = new ArrayList<>();
    private final List<Entry> removed = new ArrayList<>();

    /** The number of pods when the autoscaler was first seen counts as its first proposal. */
    void begin(int replicas, Instant now) {
        if (proposals.isEmpty()) {
            proposals.add(new Entry(replicas, now));
        }
    }

    void proposed(int replicas, Instant now) {
        proposals.removeIf(entry -> entry.at().isBefore(now.minus(LONGEST)));
        proposals.add(new Entry(replicas, now));
    }

    void scaled(int before, int after, Instant now) {
        List<Entry> changes = after > before ? added : removed;
        changes.removeIf(entry -> entry.at().isBefore(now.minus(LONGEST)));
        changes.add(new Entry(Math.abs(after - before), now));
    }

    int highestSince(Instant since, int atLeast) {
        return proposals.stream()
                .filter(entry -> entry.at().isAfter(since))
                .mapToInt(Entry::count)
                .reduce(atLeast, Math::max);
    }

    int lowestSince(Instant since, int atMost) {
        return proposals.stream()
                .filter(entry -> entry.at().isAfter(since))
                .mapToInt(Entry::count)
                .reduce(atMost, Math::min);
    }

    /** How many pods there were at the beginning of a period, by what was done since. */
    int replicasAt(Instant start, int now) {
        return now - sumSince(added, start) + sumSince(removed, start);
    }

    private static int sumSince(List<Entry> changes, Instant since) {
        return changes.stream()
                .filter(entry -> entry.at().isAfter(since))
                .mapToInt(Entry::count)
                .sum();
    }
}
