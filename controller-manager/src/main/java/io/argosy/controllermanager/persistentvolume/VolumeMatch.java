package io.argosy.controllermanager.persistentvolume;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.controllermanager.ownership.Selectors;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the volume for a claim: the one that was reserved for it, else the smallest that is free and large enough. */
final class VolumeMatch {

    private VolumeMatch() {}

    /** @param delayed whether the claim waits for its pod: then only a reserved volume is taken */
    static Optional<PersistentVolume> of(PersistentVolumeClaim claim, List<PersistentVolume> volumes, boolean delayed) {
        List<PersistentVolume> usable = volumes.stream()
                .filter(volume -> Binding.capacity(volume).compareTo(Binding.wanted(claim)) >= 0
                        && Binding.sameMode(volume, claim)
                        && Binding.sameAttributes(volume, claim)
                        && Binding.hasModes(volume, claim)
                        && volume.getMetadata().getDeletionTimestamp() == null)
                .sorted(Comparator.comparing(Binding::capacity)
                        .thenComparingInt(
                                volume -> Binding.orEmpty(volume.getSpec().getAccessModes())
                                        .size())
                        .thenComparing(volume -> volume.getMetadata().getName()))
                .toList();
        Optional<PersistentVolume> reserved =
                usable.stream().filter(volume -> Binding.isFor(volume, claim)).findFirst();
        if (reserved.isPresent() || delayed) {
            return reserved;
        }
        LabelSelector selector = claim.getSpec().getSelector() == null
                ? null
                : Selectors.of(claim.getSpec().getSelector());
        return usable.stream()
                .filter(volume -> volume.getSpec().getClaimRef() == null
                        && Binding.phase(volume).equals("Available")
                        && Binding.className(volume).equals(Binding.className(claim))
                        && (selector == null || Selectors.matches(selector, volume)))
                .findFirst();
    }

    /** Why a claim cannot have the volume that it names; empty when it can. */
    static Optional<String> refusal(PersistentVolume volume, PersistentVolumeClaim claim) {
        if (volume.getMetadata().getDeletionTimestamp() != null) {
            return Optional.of("the volume is marked for deletion \""
                    + volume.getMetadata().getName() + "\"");
        }
        if (Binding.capacity(volume).compareTo(Binding.wanted(claim)) < 0) {
            return Optional.of("requested PV is too small");
        }
        if (!Binding.className(volume).equals(Binding.className(claim))) {
            return Optional.of("storageClassName does not match");
        }
        if (!Binding.sameAttributes(volume, claim)) {
            return Optional.of("volumeAttributesClassName does not match");
        }
        if (!Binding.sameMode(volume, claim)) {
            return Optional.of("incompatible volumeMode");
        }
        return Binding.hasModes(volume, claim) ? Optional.empty() : Optional.of("incompatible accessMode");
    }
}
