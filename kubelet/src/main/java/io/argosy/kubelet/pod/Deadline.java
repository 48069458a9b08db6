package io.argosy.kubelet.pod;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** activeDeadlineSeconds: how long a pod may be active. Pure. */
final class Deadline {

    static final String MESSAGE = "Pod was active on the node longer than the specified deadline";

    private Deadline() {}

    static Optional<Termination> passed(Pod pod, Optional<PodStatus> told, Instant now) {
        Optional<Instant> end = end(pod, told);
        return end.isPresent() && !now.isBefore(end.get())
                ? Optional.of(Termination.verdict("Failed", "DeadlineExceeded", MESSAGE))
                : Optional.empty();
    }

    /** Time until the deadline; very long without one. */
    static Duration left(Pod pod, Instant now) {
        return end(pod, Optional.ofNullable(pod.getStatus()))
                .map(end -> Duration.between(now, end))
                .filter(d -> !d.isNegative())
                .orElse(Duration.ofDays(365));
    }

    private static Optional<Instant> end(Pod pod, Optional<PodStatus> told) {
        Long seconds = pod.getSpec().getActiveDeadlineSeconds();
        String started = told.map(PodStatus::getStartTime)
                .orElse(pod.getStatus() == null ? null : pod.getStatus().getStartTime());
        if (seconds == null || started == null) {
            return Optional.empty();
        }
        return Optional.of(Instant.parse(started).plusSeconds(seconds));
    }
}
