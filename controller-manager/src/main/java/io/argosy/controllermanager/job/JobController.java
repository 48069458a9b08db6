package io.argosy.controllermanager.job;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.controllermanager.ownership.Owners;
import io.argosy.controllermanager.ownership.Selectors;
import io.argosy.controllermanager.pod.Pods;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Optional;

/** Watches Jobs and pods; pods that lost their Job lose its finalizer. */
public final class JobController implements Controller {

    private final ControllerContext context;
    private final Informer<Job> jobs;
    private final Informer<Pod> pods;
    private final ReconcileLoop<ObjectKey> loop;
    private final ReconcileLoop<ObjectKey> orphans;

    public JobController(ControllerContext context, int workers) {
        this.context = context;
        jobs = context.informers().informer(Job.class);
        pods = context.informers().informer(Pod.class);
        Pods.indexByOwner(pods);
        loop = context.loop("job", workers, new JobReconciler(context, jobs, pods));
        orphans = context.loop("job_orphan_pod", 1, this::free);
        jobs.addHandler(new ResourceHandler<>() {
            @Override
            public void added(Job job, boolean initial) {
                loop.add(ResourceType.keyOf(job));
            }

            @Override
            public void updated(Job before, Job after) {
                loop.add(ResourceType.keyOf(after));
            }

            @Override
            public void deleted(Job last) {
                loop.add(ResourceType.keyOf(last));
                pods.byIndex(Pods.BY_OWNER, last.getMetadata().getUid()).stream()
                        .filter(JobPods::isTracked)
                        .forEach(pod -> orphans.add(ResourceType.keyOf(pod)));
            }
        });
        pods.addHandler(new ResourceHandler<>() {
            @Override
            public void added(Pod pod, boolean initial) {
                wake(pod);
            }

            @Override
            public void updated(Pod before, Pod after) {
                if (!Owners.controllerUid(before).equals(Owners.controllerUid(after))) {
                    wake(before);
                }
                wake(after);
            }

            @Override
            public void deleted(Pod last) {
                wake(last);
            }
        });
    }

    private void wake(Pod pod) {
        String namespace = pod.getMetadata().getNamespace();
        Optional<OwnerReference> owner = Owners.controllerOf(pod);
        if (owner.isPresent() && owner.get().getKind().equals("Job")) {
            ObjectKey key = new ObjectKey(namespace, owner.get().getName());
            loop.add(key);
            if (JobPods.isTracked(pod)) {
                Optional<Job> job = jobs.get(key);
                if (job.isEmpty() || JobView.isFinished(job.get())) {
                    orphans.add(ResourceType.keyOf(pod));
                }
            }
        } else if (owner.isEmpty()) {
            if (JobPods.isTracked(pod)) {
                orphans.add(ResourceType.keyOf(pod));
            }
            for (Job job : jobs.list(namespace)) {
                if (Selectors.matches(Selectors.of(job.getSpec().getSelector()), pod)) {
                    loop.add(ResourceType.keyOf(job));
                }
            }
        }
    }

    /** Lets a pod go whose Job does not exist, or is over. */
    private Outcome free(ObjectKey key) {
        Optional<Pod> found = pods.get(key);
        if (found.isEmpty() || !JobPods.isTracked(found.get())) {
            return Outcome.DONE;
        }
        Pod pod = found.get();
        Optional<OwnerReference> owner =
                Owners.controllerOf(pod).filter(reference -> reference.getKind().equals("Job"));
        if (owner.isPresent()) {
            ObjectKey jobKey = new ObjectKey(key.namespace(), owner.get().getName());
            Optional<Job> job = jobs.get(jobKey)
                    .filter(known ->
                            known.getMetadata().getUid().equals(owner.get().getUid()));
            if (job.isPresent() && !JobView.isFinished(job.get())) {
                return Outcome.DONE;
            }
        }
        JobActions.removeFinalizer(context, pod);
        return Outcome.DONE;
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
        orphans.start(tasks);
    }
}
