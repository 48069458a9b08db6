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
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.VolumeAttributesClass;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Lets a class of volume attributes go when no claim and no volume names it. */
public final class AttributesClassProtection implements Controller {

    private static final String FINALIZER = "kubernetes.io/vac-protection";
    private static final String BY_CLASS = "attributesClass";

    private final ControllerContext context;
    private final Informer<VolumeAttributesClass> classes;
    private final Informer<PersistentVolumeClaim> claims;
    private final Informer<PersistentVolume> volumes;
    private final ReconcileLoop<ObjectKey> loop;

    public AttributesClassProtection(ControllerContext context) {
        this.context = context;
        classes = context.informers().informer(VolumeAttributesClass.class);
        claims = context.informers().informer(PersistentVolumeClaim.class);
        volumes = context.informers().informer(PersistentVolume.class);
        claims.addIndex(BY_CLASS, AttributesClassProtection::named);
        volumes.addIndex(BY_CLASS, AttributesClassProtection::named);
        loop = context.loop("vacprotection", 1, this::reconcile);
        classes.addHandler(ResourceHandler.any(each -> loop.add(ResourceType.keyOf(each))));
        claims.addHandler(ResourceHandler.any(_ -> wakeEnding()));
        volumes.addHandler(ResourceHandler.any(_ -> wakeEnding()));
    }

    /** Classes are few, and those that are being deleted fewer. */
    private void wakeEnding() {
        classes.list().stream()
                .filter(each -> Finalizers.holdsBack(each, FINALIZER))
                .forEach(each -> loop.add(ResourceType.keyOf(each)));
    }

    static Set<String> named(PersistentVolumeClaim claim) {
        Set<String> names = new TreeSet<>();
        add(names, claim.getSpec().getVolumeAttributesClassName());
        if (claim.getStatus() != null) {
            add(names, claim.getStatus().getCurrentVolumeAttributesClassName());
            if (claim.getStatus().getModifyVolumeStatus() != null) {
                add(names, claim.getStatus().getModifyVolumeStatus().getTargetVolumeAttributesClassName());
            }
        }
        return names;
    }

    static Set<String> named(PersistentVolume volume) {
        Set<String> names = new TreeSet<>();
        add(names, volume.getSpec().getVolumeAttributesClassName());
        return names;
    }

    private static void add(Set<String> names, @org.jspecify.annotations.Nullable String name) {
        if (name != null && !name.isEmpty()) {
            names.add(name);
        }
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }

    private Outcome reconcile(ObjectKey key) {
        Optional<VolumeAttributesClass> found = classes.get(key);
        if (found.isEmpty()) {
            return Outcome.DONE;
        }
        boolean used = !claims.byIndex(BY_CLASS, key.name()).isEmpty()
                || !volumes.byIndex(BY_CLASS, key.name()).isEmpty();
        if (Finalizers.holdsBack(found.get(), FINALIZER) && !used) {
            Finalizers.remove(context.client().resource(VolumeAttributesClass.class), found.get(), FINALIZER);
        } else if (Finalizers.lacks(found.get(), FINALIZER)) {
            Finalizers.add(context.client().resource(VolumeAttributesClass.class), found.get(), FINALIZER);
        }
        return Outcome.DONE;
    }
}
