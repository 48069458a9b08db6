package io.argosy.controllermanager.storageprotection;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.client.request.ListQuery;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.controllermanager.ownership.Finalizers;
import io.argosy.controllermanager.ownership.Owners;
import io.argosy.controllermanager.pod.ClaimUse;
import io.argosy.controllermanager.pod.Pods;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Objects;
import java.util.Optional;

/** Lets a claim go when no pod on a node uses it any more; the server is asked before it does. */
public final class ClaimProtection implements Controller {

    private static final String FINALIZER = "kubernetes.io/pvc-protection";

    private final ControllerContext context;
    private final Informer<PersistentVolumeClaim> claims;
    private final Informer<Pod> pods;
    private final ReconcileLoop<ObjectKey> loop;

    public ClaimProtection(ControllerContext context) {
        this.context = context;
        claims = context.informers().informer(PersistentVolumeClaim.class);
        pods = context.informers().informer(Pod.class);
        ClaimUse.index(pods);
        loop = context.loop("pvcprotection", 1, this::reconcile);
        claims.addHandler(ResourceHandler.any(claim -> {
            if (Finalizers.lacks(claim, FINALIZER) || Finalizers.holdsBack(claim, FINALIZER)) {
                loop.add(ResourceType.keyOf(claim));
            }
        }));
        pods.addHandler(new ResourceHandler<>() {
            @Override
            public void added(Pod pod, boolean initial) {
                freed(pod);
            }

            @Override
            public void updated(Pod before, Pod after) {
                freed(after);
                if (!before.getMetadata().getUid().equals(after.getMetadata().getUid())) {
                    ClaimUse.claims(before).forEach(loop::add);
                }
            }

            @Override
            public void deleted(Pod last) {
                ClaimUse.claims(last).forEach(loop::add);
            }
        });
    }

    private void freed(Pod pod) {
        if (Pods.isFinished(pod) || Pods.node(pod).isEmpty()) {
            ClaimUse.claims(pod).forEach(loop::add);
        }
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }

    private Outcome reconcile(ObjectKey key) {
        Optional<PersistentVolumeClaim> claim = claims.get(key);
        if (claim.isEmpty()) {
            return Outcome.DONE;
        }
        if (Finalizers.holdsBack(claim.get(), FINALIZER) && !isUsed(claim.get())) {
            Finalizers.remove(context.client().resource(PersistentVolumeClaim.class), claim.get(), FINALIZER);
        } else if (Finalizers.lacks(claim.get(), FINALIZER)) {
            Finalizers.add(context.client().resource(PersistentVolumeClaim.class), claim.get(), FINALIZER);
        }
        return Outcome.DONE;
    }

    private boolean isUsed(PersistentVolumeClaim claim) {
        return ClaimUse.pods(pods, ResourceType.keyOf(claim)).stream().anyMatch(pod -> holds(pod, claim))
                || context
                        .client()
                        .resource(Pod.class)
                        .list(ListQuery.in(claim.getMetadata().getNamespace()))
                        .items()
                        .stream()
                        .anyMatch(pod -> holds(pod, claim));
    }

    /**
     * Whether a pod keeps a claim from going. Only a pod with a node does; one that its kubelet is done with does not hold
     * the claim of its own ephemeral volume, as each would wait for the other's end. Pure.
     */
    static boolean holds(Pod pod, PersistentVolumeClaim claim) {
        if (Pods.node(pod).isEmpty() || !ClaimUse.uses(pod, claim)) {
            return false;
        }
        boolean done =
                Owners.isDeleting(pod) && Objects.equals(pod.getMetadata().getDeletionGracePeriodSeconds(), 0L);
        boolean byName = ClaimUse.volumes(pod).stream()
                .anyMatch(volume -> volume.getPersistentVolumeClaim() != null
                        && volume.getPersistentVolumeClaim()
                                .getClaimName()
                                .equals(claim.getMetadata().getName()));
        return byName || !done;
    }
}
