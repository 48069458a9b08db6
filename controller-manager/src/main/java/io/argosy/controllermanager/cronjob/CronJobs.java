package io.argosy.controllermanager.cronjob;

import io.argosy.client.request.ObjectJson;
import io.argosy.controllermanager.ownership.Owners;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is decided about a CronJob and its Jobs. Pure. */
final class CronJobs {

    private static final String SCHEDULED = "batch.kubernetes.io/cronjob-scheduled-timestamp";

    private CronJobs() {}

    /** The job of one time; its name tells the minute, so that no time has two. */
    static Job job(CronJob owner, Instant due, ZoneId zone) {
        ObjectMeta from = owner.getSpec().getJobTemplate().getMetadata() == null
                ? new ObjectMeta()
                : owner.getSpec().getJobTemplate().getMetadata();
        ObjectMeta metadata = new ObjectMeta();
        metadata.setNamespace(owner.getMetadata().getNamespace());
        metadata.setName(name(owner, due));
        metadata.setLabels(new LinkedHashMap<>(from.getLabels() == null ? Map.of() : from.getLabels()));
        Map<String, String> annotations =
                new LinkedHashMap<>(from.getAnnotations() == null ? Map.of() : from.getAnnotations());
        annotations.put(SCHEDULED, DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(due.atZone(zone)));
        metadata.setAnnotations(annotations);
        metadata.setOwnerReferences(new ArrayList<>(List.of(Owners.controller(owner))));
        Job job = new Job();
        job.setMetadata(metadata);
        job.setSpec(ObjectJson.copy(owner.getSpec().getJobTemplate().getSpec()));
        return job;
    }

    static String name(CronJob owner, Instant due) {
        return owner.getMetadata().getName() + "-" + due.getEpochSecond() / 60;
    }

    /** From when on times count: the last one, or the making, but not before the deadline for starting. */
    static Instant earliest(CronJob owner, Instant now) {
        String last = owner.getStatus() == null ? null : owner.getStatus().getLastScheduleTime();
        Instant from = Instant.parse(last == null ? owner.getMetadata().getCreationTimestamp() : last);
        Long deadline = owner.getSpec().getStartingDeadlineSeconds();
        return deadline == null || !now.minusSeconds(deadline).isAfter(from) ? from : now.minusSeconds(deadline);
    }

    /** {@code Complete} or {@code Failed}; empty while it runs. */
    static Optional<String> end(Job job) {
        return job.getStatus() == null || job.getStatus().getConditions() == null
                ? Optional.empty()
                : job.getStatus().getConditions().stream()
                        .filter(condition -> "True".equals(condition.getStatus())
                                && (condition.getType().equals("Complete")
                                        || condition.getType().equals("Failed")))
                        .map(JobCondition::getType)
                        .findFirst();
    }

    /** Which ended jobs are too many, the oldest first. */
    static List<Job> surplus(CronJob owner, List<Job> jobs) {
        List<Job> surplus = new ArrayList<>();
        Map.of(
                        "Complete",
                        Optional.ofNullable(owner.getSpec().getSuccessfulJobsHistoryLimit()),
                        "Failed",
                        Optional.ofNullable(owner.getSpec().getFailedJobsHistoryLimit()))
                .forEach((how, limit) -> {
                    List<Job> ended = jobs.stream()
                            .filter(job -> end(job).filter(how::equals).isPresent())
                            .sorted(Comparator.comparing(CronJobs::started)
                                    .thenComparing(job -> job.getMetadata().getName()))
                            .toList();
                    limit.ifPresent(most -> surplus.addAll(ended.subList(0, Math.max(0, ended.size() - most))));
                });
        return surplus;
    }

    private static String started(Job job) {
        String start = job.getStatus().getStartTime();
        return start == null ? "~" : start;
    }
}
