package io.argosy.controllermanager.cronjob;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.events.References;
import io.argosy.client.informer.Informer;
import io.argosy.client.request.DeleteOptions;
import io.argosy.client.request.ObjectJson;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.Reconciler;
import io.argosy.controllermanager.ownership.Owners;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts the Job of a CronJob that is due, and keeps the list of those that run. */
final class CronJobReconciler implements Reconciler<ObjectKey> {

    private final ControllerContext context;
    private final Informer<CronJob> crons;
    private final Informer<Job> jobs;

    CronJobReconciler(ControllerContext context, Informer<CronJob> crons, Informer<Job> jobs) {
        this.context = context;
        this.crons = crons;
        this.jobs = jobs;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        Optional<CronJob> found = crons.get(key);
        if (found.isEmpty()) {
            return Outcome.DONE;
        }
        CronJob cron = ObjectJson.copy(found.get());
        if (cron.getStatus() == null) {
            cron.setStatus(new CronJobStatus());
        }
        List<Job> owned = jobs.list(key.namespace()).stream()
                .filter(job -> Owners.isControlledBy(job, cron))
                .toList();
        List<ObjectReference> active = new ArrayList<>(
                cron.getStatus().getActive() == null
                        ? List.of()
                        : cron.getStatus().getActive());
        notice(cron, owned, active);
        cron.getStatus().setActive(active);
        Outcome outcome;
        try {
            outcome = Owners.isDeleting(cron) ? Outcome.DONE : start(cron, active);
        } finally {
            cron.getStatus().setActive(active);
            if (!cron.getStatus().equals(found.get().getStatus())) {
                context.client().resource(CronJob.class).updateStatus(cron);
            }
        }
        CronJobs.surplus(cron, owned).forEach(job -> delete(cron, job));
        return outcome;
    }

    /** Takes ended and vanished jobs off the list. */
    private void notice(CronJob cron, List<Job> owned, List<ObjectReference> active) {
        for (Job job : owned) {
            String uid = job.getMetadata().getUid();
            Optional<String> end = CronJobs.end(job);
            if (end.isPresent() && active.removeIf(one -> one.getUid().equals(uid))) {
                context.events()
                        .normal(
                                cron,
                                "SawCompletedJob",
                                "Saw completed job: " + job.getMetadata().getName() + ", condition: " + end.get());
            }
            String completed = job.getStatus() == null ? null : job.getStatus().getCompletionTime();
            String last = cron.getStatus().getLastSuccessfulTime();
            if (end.filter("Complete"::equals).isPresent()
                    && completed != null
                    && (last == null || Instant.parse(completed).isAfter(Instant.parse(last)))) {
                cron.getStatus().setLastSuccessfulTime(completed);
            }
        }
        active.removeIf(one -> {
            boolean known =
                    owned.stream().anyMatch(job -> job.getMetadata().getUid().equals(one.getUid()));
            boolean missing = !known
                    && context.client()
                            .resource(Job.class)
                            .find(new ObjectKey(cron.getMetadata().getNamespace(), one.getName()))
                            .isEmpty();
            if (missing) {
                context.events().normal(cron, "MissingJob", "Active job went missing: " + one.getName());
            }
            return missing;
        });
    }

    private Outcome start(CronJob cron, List<ObjectReference> active) {
        String name = cron.getSpec().getTimeZone();
        ZoneId zone;
        Schedule schedule;
        try {
            zone = name == null ? ZoneId.systemDefault() : ZoneId.of(name);
        } catch (DateTimeException e) {
            context.events()
                    .warning(cron, "UnknownTimeZone", "invalid timeZone: \"" + name + "\": unknown time zone " + name);
            return Outcome.DONE;
        }
        if (Boolean.TRUE.equals(cron.getSpec().getSuspend())) {
            return Outcome.DONE;
        }
        try {
            schedule = Schedule.parse(cron.getSpec().getSchedule(), zone);
        } catch (IllegalArgumentException e) {
            context.events()
                    .warning(
                            cron,
                            "UnparseableSchedule",
                            "unparseable schedule: \"" + cron.getSpec().getSchedule() + "\" : " + e.getMessage());
            return Outcome.DONE;
        }
        Instant now = context.clock().instant();
        Outcome next = schedule.next(now)
                .map(at -> Outcome.later(Duration.between(now, at).plusMillis(100)))
                .orElse(Outcome.DONE);
        Optional<Instant> due = schedule.latest(CronJobs.earliest(cron, now), now);
        if (due.isEmpty()) {
            return next;
        }
        Long deadline = cron.getSpec().getStartingDeadlineSeconds();
        if (deadline != null && due.get().plusSeconds(deadline).isBefore(now)) {
            context.events()
                    .warning(
                            cron,
                            "MissSchedule",
                            "Missed scheduled time to start a job: "
                                    + DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                            due.get().atOffset(ZoneOffset.UTC)));
            return next;
        }
        String jobName = CronJobs.name(cron, due.get());
        if (active.stream().anyMatch(one -> one.getName().equals(jobName))) {
            return next;
        }
        if ("Forbid".equals(cron.getSpec().getConcurrencyPolicy()) && !active.isEmpty()) {
            context.events()
                    .normal(
                            cron,
                            "JobAlreadyActive",
                            "Not starting job because prior execution is running and concurrency policy is Forbid");
            return next;
        }
        if ("Replace".equals(cron.getSpec().getConcurrencyPolicy())) {
            for (ObjectReference one : List.copyOf(active)) {
                context.client()
                        .resource(Job.class)
                        .find(new ObjectKey(cron.getMetadata().getNamespace(), one.getName()))
                        .ifPresent(job -> delete(cron, job));
                active.remove(one);
            }
        }
        create(cron, CronJobs.job(cron, due.get(), zone)).ifPresent(job -> {
            active.add(References.to(job));
            cron.getStatus().setLastScheduleTime(due.get().toString());
        });
        return next;
    }

    /** Empty when somebody else has made it under this name. */
    private Optional<Job> create(CronJob cron, Job job) {
        try {
            Job made = context.client().resource(Job.class).create(job);
            context.events()
                    .normal(
                            cron,
                            "SuccessfulCreate",
                            "Created job " + made.getMetadata().getName());
            return Optional.of(made);
        } catch (ApiException e) {
            if (e.reason().equals("AlreadyExists")) {
                return context.client()
                        .resource(Job.class)
                        .find(ResourceType.keyOf(job))
                        .filter(there -> Owners.isControlledBy(there, cron));
            }
            context.events().warning(cron, "FailedCreate", "Error creating job: " + e.message());
            throw e;
        }
    }

    private void delete(CronJob cron, Job job) {
        try {
            context.client()
                    .resource(Job.class)
                    .delete(
                            ResourceType.keyOf(job),
                            DeleteOptions.ofUid(job.getMetadata().getUid()).withPropagation("Background"));
            context.events()
                    .normal(
                            cron,
                            "SuccessfulDelete",
                            "Deleted job " + job.getMetadata().getName());
        } catch (ApiException e) {
            if (!e.is(404) && !e.is(409)) {
                context.events().warning(cron, "FailedDelete", "Deleted job: " + e.message());
                throw e;
            }
        }
    }
}
