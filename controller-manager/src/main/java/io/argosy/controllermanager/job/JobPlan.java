package io.argosy.controllermanager.job;

import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.pod.DeletionOrder;
import io.argosy.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What to do about a running Job's pods.
 *
 * @param indexes of pods to create, -1 for pods without index
 * @param pause until failed pods may be replaced
 */
record JobPlan(List<Pod> delete, List<Integer> indexes, Optional<Duration> pause) {

    private static final int BURST = 500;
    private static final Duration BASE = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    JobPlan {
        delete = List.copyOf(delete);
        indexes = List.copyOf(indexes);
    }

    static JobPlan deleteAll(JobView view) {
        return new JobPlan(view.active, List.of(), Optional.empty());
    }

    /**
     * @param failuresInRow since the last success
     * @param lastFailure when the last pod failed
     */
    static JobPlan of(JobView view, int failuresInRow, Optional<Instant> lastFailure) {
        List<Pod> surplus = duplicates(view);
        int active = view.active.size();
        int wanted = wanted(view, active - surplus.size());
        int tooMany = active - surplus.size() - wanted;
        if (tooMany > 0 || !surplus.isEmpty()) {
            List<Pod> rest =
                    view.active.stream().filter(pod -> !surplus.contains(pod)).toList();
            List<Pod> delete = new ArrayList<>(surplus);
            if (tooMany > 0) {
                delete.addAll(DeletionOrder.first(rest, rest, tooMany, view.now));
            }
            return new JobPlan(delete, List.of(), Optional.empty());
        }
        int blocked = JobPods.waitsForEnd(view.job) ? view.terminating : 0;
        int missing = Math.min(wanted - active - blocked, BURST);
        if (missing <= 0) {
            return new JobPlan(List.of(), List.of(), Optional.empty());
        }
        Optional<Duration> wait = lastFailure
                .filter(at -> failuresInRow > 0 && !view.limitsIndexes())
                .map(at -> Duration.between(view.now, at.plus(backoff(failuresInRow))))
                .filter(Duration::isPositive);
        if (wait.isPresent()) {
            return new JobPlan(List.of(), List.of(), wait);
        }
        return new JobPlan(List.of(), indexes(view, missing), Optional.empty());
    }

    static Duration backoff(int failures) {
        Duration doubled = BASE.multipliedBy(1L << Math.min(failures - 1, 10));
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }

    private static int wanted(JobView view, int active) {
        if (view.completions().isEmpty()) {
            return view.succeeded() > 0 ? active : view.parallelism();
        }
        int failedIndexes = view.limitsIndexes() ? view.failedIndexes().cardinality() : 0;
        int left = view.completions().get() - view.succeeded() - failedIndexes;
        return Math.max(0, Math.min(view.parallelism(), left));
    }

    private static List<Integer> indexes(JobView view, int count) {
        List<Integer> indexes = new ArrayList<>();
        if (!view.isIndexed()) {
            for (int i = 0; i < count; i++) {
                indexes.add(-1);
            }
            return indexes;
        }
        BitSet taken = view.completedIndexes();
        taken.or(view.failedIndexes());
        view.pods.stream()
                .filter(pod -> Pods.isActive(pod) || (JobPods.waitsForEnd(view.job) && JobPods.isTerminating(pod)))
                .mapToInt(JobPods::index)
                .filter(index -> index >= 0)
                .forEach(taken::set);
        int completions = view.completions().orElse(0);
        for (int index = taken.nextClearBit(0); index < completions && indexes.size() < count; ) {
            indexes.add(index);
            index = taken.nextClearBit(index + 1);
        }
        return indexes;
    }

    /** Active pods of an index that another has too, that is done, or that does not exist. */
    private static List<Pod> duplicates(JobView view) {
        if (!view.isIndexed()) {
            return List.of();
        }
        BitSet seen = view.completedIndexes();
        seen.or(view.failedIndexes());
        List<Pod> duplicates = new ArrayList<>();
        List<Pod> order = view.active.stream()
                .sorted(Comparator.comparing((Pod pod) -> pod.getMetadata().getCreationTimestamp())
                        .thenComparing(pod -> ResourceType.keyOf(pod)))
                .toList();
        for (Pod pod : order) {
            int index = JobPods.index(pod);
            if (index < 0 || index >= view.completions().orElse(0) || seen.get(index)) {
                duplicates.add(pod);
            } else {
                seen.set(index);
            }
        }
        return duplicates;
    }
}
