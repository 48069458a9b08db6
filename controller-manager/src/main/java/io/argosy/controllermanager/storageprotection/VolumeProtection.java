package io.argosy.controllermanager.storageprotection;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.controllermanager.ownership.Finalizers;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import java.util.Optional;

/** Lets a volume go when it is bound to no claim. */
public final class VolumeProtection implements Controller {

    private static final String FINALIZER = "kubernetes.io/pv-protection";

    private final ControllerContext context;
    private final Informer<PersistentVolume> volumes;
    private final ReconcileLoop<ObjectKey> loop;

    public VolumeProtection(ControllerContext context) {
        this.context = context;
        volumes = context.informers().informer(PersistentVolume.class);
        loop = context.loop("pvprotection", 1, this::reconcile);
        volumes.addHandler(ResourceHandler.any(volume -> {
            if (Finalizers.lacks(volume, FINALIZER) || Finalizers.holdsBack(volume, FINALIZER)) {
                loop.add(ResourceType.keyOf(volume));
            }
        }));
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }

    private Outcome reconcile(ObjectKey key) {
        Optional<PersistentVolume> volume = volumes.get(key);
        if (volume.isEmpty()) {
            return Outcome.DONE;
        }
        boolean bound = volume.get().getStatus() != null
                && "Bound".equals(volume.get().getStatus().getPhase());
        if (Finalizers.holdsBack(volume.get(), FINALIZER) && !bound) {
            Finalizers.remove(context.client().resource(PersistentVolume.class), volume.get(), FINALIZER);
        } else if (Finalizers.lacks(volume.get(), FINALIZER)) {
            Finalizers.add(context.client().resource(PersistentVolume.class), volume.get(), FINALIZER);
        }
        return Outcome.DONE;
    }
}
