package io.argosy.scheduler.storage;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.client.informer.SharedInformerFactory;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;
import java.util.Optional;

/** Storage as informers know it. */
public final class WatchedStorage implements StorageView {

    private final Informer<PersistentVolumeClaim> claims;
    private final Informer<PersistentVolume> volumes;
    private final Informer<StorageClass> classes;

    public WatchedStorage(SharedInformerFactory informers) {
        claims = informers.informer(PersistentVolumeClaim.class);
        volumes = informers.informer(PersistentVolume.class);
        classes = informers.informer(StorageClass.class);
    }

    /** Calls after every change. */
    public void onChange(Runnable action) {
        claims.addHandler(ResourceHandler.any(_ -> action.run()));
        volumes.addHandler(ResourceHandler.any(_ -> action.run()));
        classes.addHandler(ResourceHandler.any(_ -> action.run()));
    }

    @Override
    public Optional<PersistentVolumeClaim> claim(ObjectKey key) {
        return claims.get(key);
    }

    @Override
    public Optional<PersistentVolume> volume(String name) {
        return volumes.get(new ObjectKey("", name));
    }

    @Override
    public List<PersistentVolume> volumes() {
        return volumes.list();
    }

    @Override
    public Optional<StorageClass> storageClass(String name) {
        return classes.get(new ObjectKey("", name));
    }
}
