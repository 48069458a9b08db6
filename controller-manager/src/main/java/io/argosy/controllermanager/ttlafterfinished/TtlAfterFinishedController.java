package io.argosy.controllermanager.ttlafterfinished;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.informer.Informer;
import io.argosy.client.request.DeleteOptions;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.controllermanager.ownership.Owners;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Deletes Jobs that ended {@code ttlSecondsAfterFinished} ago, with all that they own. */
public final class TtlAfterFinishedController implements Controller {

    private final ControllerContext context;
    private final Informer<Job> jobs;
    private final ReconcileLoop<ObjectKey> loop;

    public TtlAfterFinishedController(ControllerContext context, int workers) {
        this.context = context;
        jobs = context.informers().informer(Job.class);
        loop = context.loop("ttl_jobs_to_delete", workers, this::reconcile);
        jobs.addHandler(ReconcileLoop.keys(loop));
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }

    private Outcome reconcile(ObjectKey key) {
        Optional<Duration> cached = jobs.get(key).flatMap(this::left);
        if (cached.isEmpty()) {
            return Outcome.DONE;
        }
        if (cached.get().isPositive()) {
            return Outcome.later(cached.get());
        }
        // The time to live may have been changed since: the decision is made on what the server has.
        Optional<Job> fresh = context.client().resource(Job.class).find(key);
        Optional<Duration> left = fresh.flatMap(this::left);
        if (left.isEmpty()) {
            return Outcome.DONE;
        }
        if (left.get().isPositive()) {
            return Outcome.later(left.get());
        }
        try {
            context.client()
                    .resource(Job.class)
                    .delete(
                            key,
                            DeleteOptions.ofUid(
                                            fresh.orElseThrow().getMetadata().getUid())
                                    .withResourceVersion(
                                            fresh.orElseThrow().getMetadata().getResourceVersion())
                                    .withPropagation("Foreground"));
        } catch (ApiException e) {
            if (!e.is(404)) {
                throw e;
            }
        }
        return Outcome.DONE;
    }

    private Optional<Duration> left(Job job) {
        return left(job, context.clock().instant());
    }

    /** How long a job has yet; empty when it is not to be deleted. Pure. */
    static Optional<Duration> left(Job job, Instant now) {
        Integer ttl = job.getSpec().getTtlSecondsAfterFinished();
        if (ttl == null
                || Owners.isDeleting(job)
                || job.getStatus() == null
                || job.getStatus().getConditions() == null) {
            return Optional.empty();
        }
        return job.getStatus().getConditions().stream()
                .filter(condition -> (condition.getType().equals("Complete")
                                || condition.getType().equals("Failed"))
                        && "True".equals(condition.getStatus())
                        && condition.getLastTransitionTime() != null)
                .map(condition -> Instant.parse(condition.getLastTransitionTime()))
                .findFirst()
                .map(end -> Duration.between(now, end.plusSeconds(ttl)));
    }
}
