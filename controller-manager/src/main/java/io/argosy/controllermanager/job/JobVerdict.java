package io.argosy.controllermanager.job;

import io.argosy.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.SuccessPolicyRule;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Whether a Job goes on, and if not, why. Pure. */
sealed interface JobVerdict {

    record GoesOn() implements JobVerdict {}

    record Succeeds(String reason, String message) implements JobVerdict {}

    record Fails(String reason, String message) implements JobVerdict {}

    static JobVerdict of(JobView view) {
        Optional<JobCondition> failing = view.condition("FailureTarget");
        if (failing.isPresent()) {
            return new Fails(failing.get().getReason(), failing.get().getMessage());
        }
        Optional<JobCondition> met = view.condition("SuccessCriteriaMet");
        if (met.isPresent()) {
            return new Succeeds(met.get().getReason(), met.get().getMessage());
        }
        Optional<Fails> failure = failure(view);
        if (failure.isPresent()) {
            return failure.get();
        }
        return success(view).<JobVerdict>map(verdict -> verdict).orElse(new GoesOn());
    }

    private static Optional<Fails> failure(JobView view) {
        for (Pod pod : view.newlyFailed()) {
            if (FailurePolicy.of(view.job, pod) instanceof FailurePolicy.FailJob(String message)) {
                return Optional.of(new Fails("PodFailurePolicy", message));
            }
        }
        int limit = view.job.getSpec().getBackoffLimit() == null
                ? 6
                : view.job.getSpec().getBackoffLimit();
        if (view.failed() > limit || restartsBeyond(view, limit)) {
            return Optional.of(new Fails("BackoffLimitExceeded", "Job has reached the specified backoff limit"));
        }
        if (deadline(view).filter(at -> !at.isAfter(view.now)).isPresent()) {
            return Optional.of(new Fails("DeadlineExceeded", "Job was active longer than specified deadline"));
        }
        return view.limitsIndexes() ? indexFailure(view) : Optional.empty();
    }

    private static Optional<Fails> indexFailure(JobView view) {
        BitSet failed = view.failedIndexes();
        Integer most = view.job.getSpec().getMaxFailedIndexes();
        if (most != null && failed.cardinality() > most) {
            return Optional.of(new Fails(
                    "MaxFailedIndexesExceeded", "Job has exceeded the specified maximal number of failed indexes"));
        }
        int ended = failed.cardinality() + view.completedIndexes().cardinality();
        return !failed.isEmpty() && ended >= view.completions().orElse(Integer.MAX_VALUE)
                ? Optional.of(new Fails("FailedIndexes", "Job has failed indexes"))
                : Optional.empty();
    }

    /** When the Job's time is up. */
    static Optional<Instant> deadline(JobView view) {
        Long seconds = view.job.getSpec().getActiveDeadlineSeconds();
        String start = view.status.getStartTime();
        return seconds == null || start == null || view.isSuspended()
                ? Optional.empty()
                : Optional.of(Instant.parse(start).plusSeconds(seconds));
    }

    /** Pods that restart in place count their restarts. */
    private static boolean restartsBeyond(JobView view, int limit) {
        if (!"OnFailure".equals(view.job.getSpec().getTemplate().getSpec().getRestartPolicy())) {
            return false;
        }
        int restarts = 0;
        for (Pod pod : view.active) {
            String phase = Pods.phase(pod);
            if (!phase.equals("Running") && !phase.equals("Pending")) {
                continue;
            }
            restarts += sum(pod.getStatus() == null ? null : pod.getStatus().getContainerStatuses());
            restarts += sum(pod.getStatus() == null ? null : pod.getStatus().getInitContainerStatuses());
        }
        return limit == 0 ? restarts > 0 : restarts >= limit;
    }

    private static int sum(@org.jspecify.annotations.Nullable List<ContainerStatus> statuses) {
        return statuses == null
                ? 0
                : statuses.stream()
                        .mapToInt(status -> JobView.number(status.getRestartCount()))
                        .sum();
    }

    private static Optional<Succeeds> success(JobView view) {
        if (view.isIndexed() && view.job.getSpec().getSuccessPolicy() != null) {
            List<SuccessPolicyRule> rules =
                    view.job.getSpec().getSuccessPolicy().getRules();
            for (int i = 0; i < rules.size(); i++) {
                if (matches(rules.get(i), view)) {
                    return Optional.of(new Succeeds("SuccessPolicy", "Matched rules at index " + i));
                }
            }
        }
        boolean complete = view.completions()
                .map(wanted -> view.succeeded() >= wanted)
                .orElseGet(() -> view.succeeded() > 0 && view.active.isEmpty());
        return complete && !view.isSuspended()
                ? Optional.of(new Succeeds("CompletionsReached", "Reached expected number of succeeded pods"))
                : Optional.empty();
    }

    private static boolean matches(SuccessPolicyRule rule, JobView view) {
        BitSet done = view.completedIndexes();
        if (rule.getSucceededIndexes() == null) {
            return rule.getSucceededCount() != null && done.cardinality() >= rule.getSucceededCount();
        }
        BitSet wanted =
                Indexes.parse(rule.getSucceededIndexes(), view.completions().orElse(0));
        int needed = rule.getSucceededCount() == null ? wanted.cardinality() : rule.getSucceededCount();
        done.and(wanted);
        return done.cardinality() >= needed;
    }
}
