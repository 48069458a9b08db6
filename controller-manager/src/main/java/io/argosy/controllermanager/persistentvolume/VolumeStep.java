package io.argosy.controllermanager.persistentvolume;

import io.argosy.controllermanager.ownership.Selectors;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Objects;
import java.util.Optional;

/** What is to be done about a volume. */
sealed interface VolumeStep {

    /** Show this phase. */
    record Phase(String phase) implements VolumeStep {}

    /** Its claim has to be looked at. */
    record WakeClaim() implements VolumeStep {}

    /** Its claim cannot have it: one is a block device and the other a filesystem. */
    record WrongMode() implements VolumeStep {}

    /** Its claim is gone or has another volume: reclaim it by its policy. */
    record Reclaim() implements VolumeStep {}

    /** It was given to a claim that got another volume: free it. */
    record Free() implements VolumeStep {}

    /**
     * Decides. Pure.
     *
     * @param claim the claim that the volume names; empty when it surely is gone. One of another UID counts as gone
     */
    static VolumeStep of(PersistentVolume volume, Optional<PersistentVolumeClaim> claim) {
        if (volume.getSpec().getClaimRef() == null
                || Binding.text(volume.getSpec().getClaimRef().getUid()).isEmpty()) {
            return new Phase("Available");
        }
        Optional<PersistentVolumeClaim> same = claim.filter(each -> Objects.equals(
                each.getMetadata().getUid(), volume.getSpec().getClaimRef().getUid()));
        if (same.isEmpty()) {
            return new Reclaim();
        }
        String has = Binding.text(same.get().getSpec().getVolumeName());
        if (has.isEmpty()) {
            return Binding.sameMode(volume, same.get()) ? new WakeClaim() : new WrongMode();
        }
        if (has.equals(volume.getMetadata().getName())) {
            return new Phase("Bound");
        }
        boolean provisioned = Selectors.annotations(volume).containsKey(Binding.PROVISIONED_BY);
        return provisioned && "Delete".equals(volume.getSpec().getPersistentVolumeReclaimPolicy())
                ? new Reclaim()
                : new Free();
    }
}
