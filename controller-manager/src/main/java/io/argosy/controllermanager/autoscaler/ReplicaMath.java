package io.argosy.controllermanager.autoscaler;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** How many pods it takes. Pure. */
final class ReplicaMath {

    private ReplicaMath() {}

    /** How far from the target nothing happens. */
    record Tolerance(double down, double up) {
        boolean covers(double ratio) {
            return 1 - down <= ratio && ratio <= 1 + up;
        }
    }

    /**
     * How much is used.
     *
     * @param ratio to the target
     * @param average of a pod, in thousandths
     * @param percent of what was requested
     */
    record Usage(double ratio, long average, OptionalInt percent) {}

    /** A proposal. */
    record Count(int replicas, Usage usage) {}

    /** Relative to what pods requested, in percent. */
    static Usage utilization(Map<String, Long> used, Map<String, Long> requested, int target) {
        long total = 0;
        long of = 0;
        int count = 0;
        for (Map.Entry<String, Long> entry : used.entrySet()) {
            Long request = requested.get(entry.getKey());
            if (request != null) {
                total += entry.getValue();
                of += request;
                count++;
            }
        }
        if (of == 0) {
            throw new MetricSource.Unavailable("no metrics returned matched known pods");
        }
        int percent = (int) (total * 100 / of);
        return new Usage((double) percent / target, total / count, OptionalInt.of(percent));
    }

    /** Relative to a value for each pod. */
    static Usage average(Map<String, Long> used, long target) {
        long average = used.values().stream().mapToLong(Long::longValue).sum() / used.size();
        return new Usage((double) average / target, average, OptionalInt.empty());
    }

    /**
     * By the average over pods. Those that were not measured count as idle when more pods are wanted and as fully used
     * when fewer are, so that they never speed a change up; those that start count as idle when more are wanted.
     *
     * @param full what a pod that was not measured is taken to use when fewer are wanted
     */
    static Count byAverage(
            int current,
            Map<String, Sample> samples,
            PodGroups groups,
            Function<Map<String, Long>, Usage> measure,
            ToLongFunction<String> full,
            Tolerance tolerance) {
        Map<String, Long> used = new HashMap<>();
        samples.forEach((pod, sample) -> {
            if (!groups.ignored().contains(pod) && !groups.unready().contains(pod)) {
                used.put(pod, sample.milli());
            }
        });
        if (used.isEmpty()) {
            throw new MetricSource.Unavailable("did not receive metrics for targeted pods (pods might be unready)");
        }
        Usage usage = measure.apply(used);
        boolean growsWithUnready = !groups.unready().isEmpty() && usage.ratio() > 1;
        if (!growsWithUnready && groups.missing().isEmpty()) {
            return tolerance.covers(usage.ratio())
                    ? new Count(current, usage)
                    : new Count(ceil(usage.ratio() * groups.ready()), usage);
        }
        if (usage.ratio() < 1) {
            groups.missing().forEach(pod -> used.put(pod, full.applyAsLong(pod)));
        } else if (usage.ratio() > 1) {
            groups.missing().forEach(pod -> used.put(pod, 0L));
        }
        if (growsWithUnready) {
            groups.unready().forEach(pod -> used.put(pod, 0L));
        }
        double again = measure.apply(used).ratio();
        int wanted = ceil(again * used.size());
        boolean turns = (usage.ratio() < 1 && again > 1) || (usage.ratio() > 1 && again < 1);
        boolean wrongWay = (again < 1 && wanted > current) || (again > 1 && wanted < current);
        return new Count(tolerance.covers(again) || turns || wrongWay ? current : wanted, usage);
    }

    /** By one value for all pods together. */
    static int byValue(int current, double ratio, int ready, Tolerance tolerance) {
        if (current == 0) {
            return ceil(ratio);
        }
        return tolerance.covers(ratio) ? current : ceil(ratio * ready);
    }

    /** By one value that is shared among the pods. */
    static int byShare(int current, long value, long each, Tolerance tolerance) {
        double ratio = (double) value / ((double) each * current);
        return tolerance.covers(ratio) ? current : ceil((double) value / each);
    }

    /** Rounded up, at most the largest number of pods there can be. */
    static int ceil(double value) {
        return (int) Math.min(Integer.MAX_VALUE, Math.ceil(value));
    }
}
