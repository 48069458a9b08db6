package io.argosy.controllermanager.job;

import io.argosy.client.events.EventRecorder;
import io.argosy.client.request.ObjectJson;
import io.argosy.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Completes a Job's status: how many pods are active, whether it is suspended, and whether it has ended. */
final class JobEnding {

    private JobEnding() {}

    /** Says what the Job will end as, before its last pods are gone. */
    static void target(JobStatus status, JobVerdict verdict, Instant now) {
        switch (verdict) {
            case JobVerdict.GoesOn() -> {}
            case JobVerdict.Succeeds(String reason, String message) ->
                JobConditions.put(status, "SuccessCriteriaMet", "True", reason, message, now);
            case JobVerdict.Fails(String reason, String message) ->
                JobConditions.put(status, "FailureTarget", "True", reason, message, now);
        }
    }

    /** @param clean whether no pod was created or deleted just now */
    static JobStatus apply(JobView view, JobStatus counted, JobVerdict verdict, boolean clean) {
        JobStatus status = ObjectJson.copy(counted);
        status.setActive(view.active.size());
        status.setReady((int) view.active.stream().filter(Pods::isReady).count());
        status.setTerminating(view.terminating);
        target(status, verdict, view.now);
        boolean over = clean && view.active.isEmpty() && view.terminating == 0 && !JobCounting.hasUncounted(status);
        String now = view.now.truncatedTo(ChronoUnit.SECONDS).toString();
        switch (verdict) {
            case JobVerdict.GoesOn() -> suspension(view, status);
            case JobVerdict.Succeeds(String reason, String message) -> {
                if (over) {
                    JobConditions.put(status, "Complete", "True", reason, message, view.now);
                    status.setCompletionTime(now);
                }
            }
            case JobVerdict.Fails(String reason, String message) -> {
                if (over) {
                    JobConditions.put(status, "Failed", "True", reason, message, view.now);
                }
            }
        }
        return status;
    }

    private static void suspension(JobView view, JobStatus status) {
        if (view.isSuspended()) {
            JobConditions.put(status, "Suspended", "True", "JobSuspended", "Job suspended", view.now);
            if (view.active.isEmpty()) {
                status.setStartTime(null);
            }
        } else if (JobConditions.has(status, "Suspended")
                && JobConditions.put(status, "Suspended", "False", "JobResumed", "Job resumed", view.now)) {
            status.setStartTime(view.now.truncatedTo(ChronoUnit.SECONDS).toString());
        }
    }

    /** Tells of conditions that are new. */
    static void events(JobView view, JobStatus status, EventRecorder events) {
        if (status.getConditions() == null) {
            return;
        }
        for (JobCondition condition : status.getConditions()) {
            if (!condition.getStatus().equals("True")
                    || view.condition(condition.getType()).isPresent()) {
                continue;
            }
            switch (condition.getType()) {
                case "Complete" -> events.normal(view.job, "Completed", "Job completed");
                case "Failed" -> events.warning(view.job, condition.getReason(), condition.getMessage());
                case "Suspended" -> events.normal(view.job, "Suspended", "Job suspended");
                default -> {}
            }
        }
    }
}
