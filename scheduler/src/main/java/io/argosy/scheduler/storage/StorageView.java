package io.argosy.scheduler.storage;

import io.argosy.apimodel.meta.ObjectKey;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;
import java.util.Optional;

/** Claims, volumes and classes as they were last seen. Any thread. */
public interface StorageView {

    Optional<PersistentVolumeClaim> claim(ObjectKey key);

    Optional<PersistentVolume> volume(String name);

    List<PersistentVolume> volumes();

    Optional<StorageClass> storageClass(String name);
}
