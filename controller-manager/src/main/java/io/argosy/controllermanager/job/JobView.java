package io.argosy.controllermanager.job;

import io.argosy.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One Job and its pods at one moment, and what can be counted from them. Pure. */
final class JobView {

    final Job job;
    final List<Pod> pods;
    final Instant now;
    final JobStatus status;
    final Set<String> uncountedSucceeded;
    final Set<String> uncountedFailed;
    final List<Pod> active;
    final int terminating;

    JobView(Job job, List<Pod> pods, Instant now) {
        this.job = job;
        this.pods = List.copyOf(pods);
        this.now = now;
        this.status = job.getStatus() == null ? new JobStatus() : job.getStatus();
        this.uncountedSucceeded = uids(
                status.getUncountedTerminatedPods() == null
                        ? null
                        : status.getUncountedTerminatedPods().getSucceeded());
        this.uncountedFailed = uids(
                status.getUncountedTerminatedPods() == null
                        ? null
                        : status.getUncountedTerminatedPods().getFailed());
        this.active = pods.stream().filter(Pods::isActive).toList();
        this.terminating = (int) pods.stream().filter(JobPods::isTerminating).count();
    }

    private static Set<String> uids(@Nullable List<String> list) {
        return list == null ? Set.of() : new HashSet<>(list);
    }

    static int number(@Nullable Integer value) {
        return value == null ? 0 : value;
    }

    int parallelism() {
        return job.getSpec().getParallelism() == null ? 1 : job.getSpec().getParallelism();
    }

    Optional<Integer> completions() {
        return Optional.ofNullable(job.getSpec().getCompletions());
    }

    boolean isIndexed() {
        return JobPods.isIndexed(job);
    }

    boolean isSuspended() {
        return Boolean.TRUE.equals(job.getSpec().getSuspend());
    }

    boolean limitsIndexes() {
        return job.getSpec().getBackoffLimitPerIndex() != null;
    }

    /** Pods that ended well and are in no count yet. */
    List<Pod> newlySucceeded() {
        return pods.stream()
                .filter(pod -> JobPods.isTracked(pod)
                        && JobPods.isSucceeded(pod)
                        && !uncountedSucceeded.contains(pod.getMetadata().getUid()))
                .toList();
    }

    /** Pods that failed and are in no count yet, those that the policy ignores among them. */
    List<Pod> newlyFailed() {
        return pods.stream()
                .filter(pod -> JobPods.isTracked(pod)
                        && JobPods.isFailed(pod, job)
                        && !uncountedFailed.contains(pod.getMetadata().getUid()))
                .toList();
    }

    private List<Pod> newlyFailedCounted() {
        return newlyFailed().stream()
                .filter(pod -> !(FailurePolicy.of(job, pod) instanceof FailurePolicy.Ignore))
                .toList();
    }

    BitSet completedIndexes() {
        int completions = completions().orElse(0);
        BitSet set = Indexes.parse(status.getCompletedIndexes(), completions);
        newlySucceeded().stream()
                .mapToInt(JobPods::index)
                .filter(index -> index >= 0 && index < completions)
                .forEach(set::set);
        return set;
    }

    BitSet failedIndexes() {
        int completions = completions().orElse(0);
        BitSet set = Indexes.parse(status.getFailedIndexes(), completions);
        if (limitsIndexes()) {
            int limit = job.getSpec().getBackoffLimitPerIndex();
            newlyFailed().stream()
                    .filter(pod -> JobPods.index(pod) >= 0 && JobPods.index(pod) < completions)
                    .filter(pod -> FailurePolicy.of(job, pod) instanceof FailurePolicy.FailIndex
                            || (FailurePolicy.of(job, pod) instanceof FailurePolicy.Count
                                    && JobPods.annotation(pod, JobPods.INDEX_FAILURES) >= limit))
                    .mapToInt(JobPods::index)
                    .forEach(set::set);
            set.andNot(completedIndexes());
        }
        return set;
    }

    int succeeded() {
        return isIndexed()
                ? completedIndexes().cardinality()
                : number(status.getSucceeded())
                        + uncountedSucceeded.size()
                        + newlySucceeded().size();
    }

    int failed() {
        return number(status.getFailed())
                + uncountedFailed.size()
                + newlyFailedCounted().size();
    }

    Optional<JobCondition> condition(String type) {
        return status.getConditions() == null
                ? Optional.empty()
                : status.getConditions().stream()
                        .filter(condition -> condition.getType().equals(type)
                                && condition.getStatus().equals("True"))
                        .findFirst();
    }

    static boolean isFinished(Job job) {
        JobStatus status = job.getStatus();
        return status != null
                && status.getConditions() != null
                && status.getConditions().stream()
                        .anyMatch(condition -> condition.getStatus().equals("True")
                                && (condition.getType().equals("Complete")
                                        || condition.getType().equals("Failed")));
    }
}
