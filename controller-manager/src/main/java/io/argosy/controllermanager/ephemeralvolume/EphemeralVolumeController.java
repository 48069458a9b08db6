package io.argosy.controllermanager.ephemeralvolume;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.client.request.ObjectJson;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.controllermanager.ownership.Owners;
import io.argosy.controllermanager.pod.ClaimUse;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimTemplate;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import java.util.Optional;

/** Makes a claim for each ephemeral volume of a pod, owned by the pod; the garbage collector removes it. */
public final class EphemeralVolumeController implements Controller {

    private final ControllerContext context;
    private final Informer<Pod> pods;
    private final Informer<PersistentVolumeClaim> claims;
    private final ReconcileLoop<ObjectKey> loop;

    public EphemeralVolumeController(ControllerContext context, int workers) {
        this.context = context;
        pods = context.informers().informer(Pod.class);
        claims = context.informers().informer(PersistentVolumeClaim.class);
        ClaimUse.index(pods);
        loop = context.loop("ephemeral_volume", workers, this::reconcile);
        pods.addHandler(new ResourceHandler<>() {
            @Override
            public void added(Pod pod, boolean initial) {
                wake(pod);
            }

            @Override
            public void updated(Pod before, Pod after) {
                if (!before.getMetadata().getUid().equals(after.getMetadata().getUid())) {
                    wake(after);
                }
            }

            @Override
            public void deleted(Pod last) {}
        });
        claims.addHandler(new ResourceHandler<>() {
            @Override
            public void added(PersistentVolumeClaim claim, boolean initial) {}

            @Override
            public void updated(PersistentVolumeClaim before, PersistentVolumeClaim after) {}

            @Override
            public void deleted(PersistentVolumeClaim last) {
                ClaimUse.pods(pods, ResourceType.keyOf(last)).forEach(EphemeralVolumeController.this::wake);
            }
        });
    }

    private void wake(Pod pod) {
        if (!Owners.isDeleting(pod) && !ephemeral(pod).isEmpty()) {
            loop.add(ResourceType.keyOf(pod));
        }
    }

    private static List<Volume> ephemeral(Pod pod) {
        return ClaimUse.volumes(pod).stream()
                .filter(volume -> volume.getEphemeral() != null)
                .toList();
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }

    private Outcome reconcile(ObjectKey key) {
        Optional<Pod> pod = pods.get(key).filter(each -> !Owners.isDeleting(each));
        if (pod.isEmpty()) {
            return Outcome.DONE;
        }
        for (Volume volume : ephemeral(pod.get())) {
            Optional<String> problem = make(pod.get(), volume);
            if (problem.isPresent()) {
                context.events()
                        .warning(
                                pod.get(),
                                "FailedBinding",
                                "ephemeral volume " + volume.getName() + ": " + problem.get());
                return Outcome.retry(problem.get());
            }
        }
        return Outcome.DONE;
    }

    /** Tells what is in the way, if anything is. */
    private Optional<String> make(Pod pod, Volume volume) {
        PersistentVolumeClaim wanted = claim(pod, volume);
        Optional<PersistentVolumeClaim> there = claims.get(ResourceType.keyOf(wanted));
        if (there.isPresent()) {
            return foreign(pod, there.get());
        }
        try {
            context.client().resource(PersistentVolumeClaim.class).create(wanted);
            return Optional.empty();
        } catch (ApiException e) {
            return Optional.of("create PVC " + wanted.getMetadata().getName() + ": " + e.message());
        }
    }

    static Optional<String> foreign(Pod pod, PersistentVolumeClaim claim) {
        return Owners.isControlledBy(claim, pod)
                ? Optional.empty()
                : Optional.of("PVC " + ResourceType.keyOf(claim) + " was not created for pod " + ResourceType.keyOf(pod)
                        + " (pod is not owner)");
    }

    /** The claim as it is made. Pure. */
    static PersistentVolumeClaim claim(Pod pod, Volume volume) {
        PersistentVolumeClaimTemplate template =
                ObjectJson.copy(volume.getEphemeral().getVolumeClaimTemplate());
        ObjectMeta meta = template.getMetadata() == null ? new ObjectMeta() : template.getMetadata();
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withNamespace(pod.getMetadata().getNamespace())
                .withName(ClaimUse.ephemeralName(pod, volume))
                .withLabels(meta.getLabels())
                .withAnnotations(meta.getAnnotations())
                .withOwnerReferences(Owners.controller(pod))
                .endMetadata()
                .withSpec(template.getSpec())
                .build();
    }
}
