package io.argosy.scheduler.storage;

import io.argosy.apimodel.meta.ObjectKey;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Claims, volumes and classes as they were last seen. Any thread. */
public interface StorageView {

    Optional<PersistentVolumeClaim> claim(ObjectKey key);

    Optional<PersistentVolume> volume(String name);

    List<PersistentVolume> volumes();

    Optional<StorageClass> storageClass(String name);

    /** How many volumes of each CSI driver a node can have; drivers without a limit are not named. */
    Map<String, Integer> volumeLimits(String node);

    /** The names of the volumes that are attached to a node, or are about to be. */
    List<String> attached(String node);
}
