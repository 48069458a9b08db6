package io.argosy.scheduler.plugin.nodevolumelimits;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.storage.PodClaims;
import io.argosy.scheduler.storage.StorageView;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Which volumes of CSI drivers pods use and nodes have attached. */
final class CsiVolumes {

    private final StorageView storage;

    CsiVolumes(StorageView storage) {
        this.storage = storage;
    }

    /** Those of a pod's claims; claims that do not exist are not counted. */
    Set<CsiVolume> of(PodInfo pod) {
        Set<CsiVolume> found = new HashSet<>();
        for (PodClaims.Ref ref : PodClaims.of(pod)) {
            ObjectKey key = new ObjectKey(pod.namespace(), ref.name());
            storage.claim(key).flatMap(claim -> volume(key, claim)).ifPresent(found::add);
        }
        return found;
    }

    Set<CsiVolume> attachedTo(String node) {
        Set<CsiVolume> found = new HashSet<>();
        for (String name : storage.attached(node)) {
            storage.volume(name).flatMap(CsiVolumes::volume).ifPresent(found::add);
        }
        return found;
    }

    private Optional<CsiVolume> volume(ObjectKey key, PersistentVolumeClaim claim) {
        Optional<PersistentVolume> bound = storage.volume(PodClaims.volumeName(claim));
        return bound.isPresent()
                ? volume(bound.get())
                : storage.storageClass(PodClaims.className(claim))
                        .map(type -> type.getProvisioner())
                        .filter(driver -> !driver.startsWith("kubernetes.io/"))
                        .map(driver -> new CsiVolume(driver, "claim of " + key));
    }

    private static Optional<CsiVolume> volume(PersistentVolume volume) {
        return Optional.ofNullable(volume.getSpec().getCsi())
                .map(source -> new CsiVolume(source.getDriver(), source.getVolumeHandle()));
    }
}
