package io.argosy.controllermanager.job;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.client.request.ObjectJson;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.Reconciler;
import io.argosy.controllermanager.ownership.Claimer;
import io.argosy.controllermanager.ownership.Owners;
import io.argosy.controllermanager.ownership.Selectors;
import io.argosy.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Takes one Job a step further: counts what ended, judges, then creates and deletes pods. */
final class JobReconciler implements Reconciler<ObjectKey> {

    private static final String BUILT_IN = "kubernetes.io/job-controller";

    /** Failures since the last success; lost with the process, as the wait for them may be. */
    private record Failures(int inRow, Optional<Instant> last) {}

    private final ControllerContext context;
    private final Informer<Job> jobs;
    private final Informer<Pod> pods;
    private final JobActions actions;
    private final Map<ObjectKey, Failures> failures = new ConcurrentHashMap<>();

    JobReconciler(ControllerContext context, Informer<Job> jobs, Informer<Pod> pods) {
        this.context = context;
        this.jobs = jobs;
        this.pods = pods;
        this.actions = new JobActions(context);
    }

    @Override
    public Outcome reconcile(ObjectKey key) throws InterruptedException {
        Optional<Job> found = jobs.get(key);
        if (found.isEmpty()) {
            failures.remove(key);
            return Outcome.DONE;
        }
        Job job = found.get();
        String manager = job.getSpec().getManagedBy();
        if (manager != null && !manager.equals(BUILT_IN)) {
            return Outcome.DONE;
        }
        if (JobView.isFinished(job)) {
            failures.remove(key);
            return Outcome.DONE;
        }
        List<Pod> owned = Claimer.claim(
                context.client().resource(Job.class),
                context.client().resource(Pod.class),
                job,
                Selectors.of(job.getSpec().getSelector()),
                Pods.ownedOrFree(pods, key.namespace(), job.getMetadata().getUid()));
        JobView view = new JobView(started(job), owned, context.clock().instant());
        remember(key, view);
        return step(key, job, view);
    }

    /** A Job that begins, or resumes, notes when. */
    private Job started(Job job) {
        boolean suspended = Boolean.TRUE.equals(job.getSpec().getSuspend());
        boolean begun = job.getStatus() != null && job.getStatus().getStartTime() != null;
        Job next = ObjectJson.copy(job);
        if (begun || suspended) {
            return next;
        }
        JobStatus status = next.getStatus() == null ? new JobStatus() : next.getStatus();
        status.setStartTime(
                context.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString());
        next.setStatus(status);
        return next;
    }

    private void remember(ObjectKey key, JobView view) {
        Failures before = failures.getOrDefault(key, new Failures(0, Optional.empty()));
        if (!view.newlySucceeded().isEmpty()) {
            before = new Failures(0, Optional.empty());
        }
        List<Pod> failed = view.newlyFailed();
        if (!failed.isEmpty()) {
            Optional<Instant> last =
                    failed.stream().map(pod -> JobPods.endedAt(pod, view.now)).max(Instant::compareTo);
            before = new Failures(before.inRow + failed.size(), last);
        }
        failures.put(key, before);
    }

    private Outcome step(ObjectKey key, Job cached, JobView view) throws InterruptedException {
        JobVerdict verdict = JobVerdict.of(view);
        Failures known = failures.getOrDefault(key, new Failures(0, Optional.empty()));
        boolean idle = Owners.isDeleting(view.job);
        JobPlan plan = switch (verdict) {
            case JobVerdict.GoesOn() ->
                view.isSuspended() ? JobPlan.deleteAll(view) : JobPlan.of(view, known.inRow, known.last);
            case JobVerdict.Succeeds(String reason, String message) -> JobPlan.deleteAll(view);
            case JobVerdict.Fails(String reason, String message) -> JobPlan.deleteAll(view);
        };
        Optional<RuntimeException> failure = idle ? Optional.empty() : actions.act(view, plan);
        boolean clean = plan.delete().isEmpty() && plan.indexes().isEmpty();
        Counted counted = count(cached, view, verdict);
        JobStatus finished = JobEnding.apply(view, counted.status, verdict, clean);
        actions.writeStatus(counted.job, finished);
        JobEnding.events(view, finished, context.events());
        if (failure.isPresent()) {
            throw failure.get();
        }
        Optional<Duration> deadline = JobVerdict.deadline(view).map(at -> Duration.between(view.now, at));
        Optional<Duration> next = plan.pause().or(() -> deadline);
        return next.filter(Duration::isPositive).map(Outcome::later).orElse(Outcome.DONE);
    }

    /** @param job as the server has it now */
    private record Counted(Job job, JobStatus status) {}

    /** Notes ended pods, takes their finalizers off, counts them; the status that is then to be written. */
    private Counted count(Job cached, JobView view, JobVerdict verdict) throws InterruptedException {
        JobCounting counting = new JobCounting(view);
        List<Pod> release = counting.toRelease();
        JobStatus noted = counting.noted();
        if (release.isEmpty()) {
            return new Counted(cached, JobCounting.counted(noted, view, Set.of()));
        }
        JobEnding.target(noted, verdict, view.now);
        Job written = actions.writeStatus(cached, noted);
        Set<String> released = actions.release(release);
        return new Counted(written, JobCounting.counted(noted, view, released));
    }
}
