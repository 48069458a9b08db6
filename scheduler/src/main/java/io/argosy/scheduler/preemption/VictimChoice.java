package io.argosy.scheduler.preemption;

import io.argosy.scheduler.columns.PodInfo;
import java.util.Comparator;
import java.util.List;

/** Which node's victims to take: where it hurts least. */
final class VictimChoice {

    /** Makes priorities positive, so that fewer pods of negative priority do not count as more. */
    private static final long LIFT = Integer.MAX_VALUE + 1L;

    private static final Comparator<Victims> LEAST_HARM = Comparator.comparingInt(Victims::violations)
            .thenComparingInt(victims -> victims.pods().getFirst().priority())
            .thenComparingLong(victims -> victims.pods().stream()
                    .mapToLong(pod -> pod.priority() + LIFT)
                    .sum())
            .thenComparingInt(victims -> victims.pods().size())
            .thenComparing(Comparator.comparing(VictimChoice::earliestStart).reversed());

    private VictimChoice() {}

    static Victims best(List<Victims> candidates) {
        return candidates.stream().min(LEAST_HARM).orElseThrow();
    }

    /** When the first of the most important victims started. */
    private static String earliestStart(Victims victims) {
        int highest = victims.pods().getFirst().priority();
        return victims.pods().stream()
                .filter((PodInfo pod) -> pod.priority() == highest)
                .map(Importance::start)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }
}
