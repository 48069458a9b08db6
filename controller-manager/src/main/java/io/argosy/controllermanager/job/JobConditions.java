package io.argosy.controllermanager.job;

import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts conditions into a Job's status. */
final class JobConditions {

    private JobConditions() {}

    /** Sets a condition; tells whether that changed its status. */
    static boolean put(JobStatus status, String type, String value, String reason, String message, Instant now) {
        List<JobCondition> conditions =
                new ArrayList<>(status.getConditions() == null ? List.of() : status.getConditions());
        Optional<JobCondition> was = conditions.stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
        if (was.isPresent() && was.get().getStatus().equals(value)) {
            return false;
        }
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        JobCondition next = new JobCondition();
        next.setType(type);
        next.setStatus(value);
        next.setReason(reason);
        next.setMessage(message);
        next.setLastProbeTime(time);
        next.setLastTransitionTime(time);
        conditions.removeIf(condition -> condition.getType().equals(type));
        conditions.add(next);
        status.setConditions(conditions);
        return true;
    }

    static boolean has(JobStatus status, String type) {
        return status.getConditions() != null
                && status.getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals(type));
    }
}
