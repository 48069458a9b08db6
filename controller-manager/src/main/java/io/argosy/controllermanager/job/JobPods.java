package io.argosy.controllermanager.job;

import io.argosy.controllermanager.ownership.Owners;
import io.argosy.controllermanager.ownership.Selectors;
import io.argosy.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What a Job reads off its pods. */
final class JobPods {

    /** Holds a pod until it has been counted. */
    static final String FINALIZER = "batch.kubernetes.io/job-tracking";

    static final String INDEX = "batch.kubernetes.io/job-completion-index";
    static final String INDEX_FAILURES = "batch.kubernetes.io/job-index-failure-count";
    static final String INDEX_IGNORED_FAILURES = "batch.kubernetes.io/job-index-ignored-failure-count";

    private JobPods() {}

    static boolean isIndexed(Job job) {
        return "Indexed".equals(job.getSpec().getCompletionMode());
    }

    /** Pods that are being deleted are only replaced when they have ended. */
    static boolean waitsForEnd(Job job) {
        return "Failed".equals(job.getSpec().getPodReplacementPolicy());
    }

    static boolean isTracked(Pod pod) {
        List<String> finalizers = pod.getMetadata().getFinalizers();
        return finalizers != null && finalizers.contains(FINALIZER);
    }

    static boolean isSucceeded(Pod pod) {
        return Pods.phase(pod).equals("Succeeded");
    }

    static boolean isFailed(Pod pod, Job job) {
        if (Pods.phase(pod).equals("Failed")) {
            return true;
        }
        return !waitsForEnd(job) && Owners.isDeleting(pod) && !isSucceeded(pod);
    }

    static boolean isTerminating(Pod pod) {
        return !Pods.isFinished(pod) && Owners.isDeleting(pod);
    }

    /** The pod's completion index, -1 for none. */
    static int index(Pod pod) {
        String text = Selectors.annotations(pod).get(INDEX);
        try {
            return text == null ? -1 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    static int annotation(Pod pod, String name) {
        String text = Selectors.annotations(pod).get(name);
        try {
            return text == null ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** When the pod ended: the latest end of its containers, else when it was deleted or stopped being ready. */
    static Instant endedAt(Pod pod, Instant now) {
        List<ContainerStatus> statuses = new ArrayList<>();
        if (pod.getStatus() != null && pod.getStatus().getContainerStatuses() != null) {
            statuses.addAll(pod.getStatus().getContainerStatuses());
        }
        Optional<Instant> last = statuses.stream()
                .filter(status -> status.getState() != null && status.getState().getTerminated() != null)
                .map(status -> status.getState().getTerminated().getFinishedAt())
                .filter(Objects::nonNull)
                .map(Instant::parse)
                .max(Instant::compareTo);
        return last.or(() -> Stream.of(pod.getMetadata().getDeletionTimestamp())
                        .filter(Objects::nonNull)
                        .map(Instant::parse)
                        .findFirst())
                .or(() -> Pods.condition(pod, "Ready")
                        .map(ready -> ready.getLastTransitionTime())
                        .filter(Objects::nonNull)
                        .map(Instant::parse))
                .orElse(now);
    }
}
