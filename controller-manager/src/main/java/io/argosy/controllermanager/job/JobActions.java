package io.argosy.controllermanager.job;

import io.argosy.apimodel.status.ApiException;
import io.argosy.client.request.ObjectJson;
import io.argosy.client.request.Patch;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Fanout;
import io.argosy.controllermanager.pod.PodDeletion;
import io.argosy.controllermanager.pod.PodFactory;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Does what the plan says. */
final class JobActions {

    private final ControllerContext context;

    JobActions(ControllerContext context) {
        this.context = context;
    }

    Optional<RuntimeException> act(JobView view, JobPlan plan) throws InterruptedException {
        try {
            if (!plan.delete().isEmpty()) {
                Fanout.all(plan.delete().stream()
                        .map(pod -> (Runnable) () -> PodDeletion.delete(context, view.job, pod, 404))
                        .toList());
            }
            if (!plan.indexes().isEmpty()) {
                List<Integer> left = new ArrayList<>(plan.indexes());
                Fanout.slowStart(plan.indexes().size(), () -> create(view, next(left)));
            }
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(e);
        }
    }

    private static int next(List<Integer> left) {
        synchronized (left) {
            return left.removeFirst();
        }
    }

    private void create(JobView view, int index) {
        Pod pod = PodFactory.fromTemplate(view.job.getSpec().getTemplate(), view.job);
        List<String> finalizers = new ArrayList<>(pod.getMetadata().getFinalizers());
        finalizers.add(JobPods.FINALIZER);
        pod.getMetadata().setFinalizers(finalizers);
        if (index >= 0) {
            indexed(view, pod, index);
        }
        try {
            Pod made = context.client().resource(Pod.class).create(pod);
            context.events()
                    .normal(
                            view.job,
                            "SuccessfulCreate",
                            "Created pod: " + made.getMetadata().getName());
        } catch (ApiException e) {
            context.events().warning(view.job, "FailedCreate", "Error creating: " + e.message());
            throw e;
        }
    }

    private static void indexed(JobView view, Pod pod, int index) {
        String number = Integer.toString(index);
        String name = view.job.getMetadata().getName();
        pod.getMetadata().setGenerateName(name + "-" + number + "-");
        pod.getMetadata().getAnnotations().put(JobPods.INDEX, number);
        pod.getMetadata().getLabels().put(JobPods.INDEX, number);
        pod.getSpec().setHostname(name + "-" + number);
        if (view.limitsIndexes()) {
            failureCounts(view, pod, index);
        }
        List<Container> containers = new ArrayList<>(pod.getSpec().getContainers());
        if (pod.getSpec().getInitContainers() != null) {
            containers.addAll(pod.getSpec().getInitContainers());
        }
        for (Container container : containers) {
            List<EnvVar> environment = new ArrayList<>(container.getEnv() == null ? List.of() : container.getEnv());
            boolean there =
                    environment.stream().anyMatch(variable -> variable.getName().equals("JOB_COMPLETION_INDEX"));
            if (!there) {
                environment.add(new EnvVarBuilder()
                        .withName("JOB_COMPLETION_INDEX")
                        .withNewValueFrom()
                        .withNewFieldRef()
                        .withFieldPath("metadata.labels['" + JobPods.INDEX + "']")
                        .endFieldRef()
                        .endValueFrom()
                        .build());
                container.setEnv(environment);
            }
        }
    }

    /** How often the index has failed goes from pod to pod. */
    private static void failureCounts(JobView view, Pod pod, int index) {
        int failed = 0;
        int ignored = 0;
        for (Pod other : view.pods) {
            if (JobPods.index(other) == index && JobPods.isFailed(other, view.job)) {
                boolean counts = !(FailurePolicy.of(view.job, other) instanceof FailurePolicy.Ignore);
                failed = Math.max(failed, JobPods.annotation(other, JobPods.INDEX_FAILURES) + (counts ? 1 : 0));
                ignored =
                        Math.max(ignored, JobPods.annotation(other, JobPods.INDEX_IGNORED_FAILURES) + (counts ? 0 : 1));
            }
        }
        pod.getMetadata().getAnnotations().put(JobPods.INDEX_FAILURES, Integer.toString(failed));
        if (ignored > 0) {
            pod.getMetadata().getAnnotations().put(JobPods.INDEX_IGNORED_FAILURES, Integer.toString(ignored));
        }
    }

    /** Takes the finalizer off; returns the UIDs of pods that have none any more. */
    Set<String> release(List<Pod> ended) throws InterruptedException {
        Set<String> released = ConcurrentHashMap.newKeySet();
        Fanout.all(ended.stream()
                .map(pod -> (Runnable) () -> {
                    removeFinalizer(context, pod);
                    released.add(pod.getMetadata().getUid());
                })
                .toList());
        return released;
    }

    static void removeFinalizer(ControllerContext context, Pod pod) {
        Map<String, Object> change = Map.of(
                "metadata",
                Map.of(
                        "uid",
                        pod.getMetadata().getUid(),
                        "$deleteFromPrimitiveList/finalizers",
                        List.of(JobPods.FINALIZER)));
        try {
            context.client().resource(Pod.class).patch(ResourceType.keyOf(pod), Patch.strategic(change));
        } catch (ApiException e) {
            if (!e.is(404) && !e.is(409)) {
                throw e;
            }
        }
    }

    /** Writes the status if it differs; returns the Job as it is then. */
    Job writeStatus(Job job, JobStatus status) {
        if (status.equals(job.getStatus())) {
            return job;
        }
        Job next = ObjectJson.copy(job);
        next.setStatus(status);
        return context.client().resource(Job.class).updateStatus(next);
    }
}
