package io.argosy.controllermanager.persistentvolume;

import io.argosy.controllermanager.ownership.Selectors;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides what becomes of a claim; see the Kubernetes page on persistent volumes. Pure.
 *
 * <p>A claim without {@code bind-completed} is pending: it gets a volume, waits for its pod or for a provisioner. A claim
 * with it was bound: it stays so, or is lost.
 *
 * @param volumes every volume
 * @param classes every class
 * @param unscheduled names of pods that use the claim and have no node yet
 */
record ClaimPlanner(List<PersistentVolume> volumes, List<StorageClass> classes, List<String> unscheduled) {

    ClaimPlanner {
        volumes = List.copyOf(volumes);
        classes = List.copyOf(classes);
        unscheduled = List.copyOf(unscheduled);
    }

    ClaimStep plan(PersistentVolumeClaim claim) {
        return Selectors.annotations(claim).containsKey(Binding.BIND_COMPLETED) ? bound(claim) : pending(claim);
    }

    private Optional<PersistentVolume> named(PersistentVolumeClaim claim) {
        return volumes.stream()
                .filter(volume ->
                        volume.getMetadata().getName().equals(claim.getSpec().getVolumeName()))
                .findFirst();
    }

    private ClaimStep bound(PersistentVolumeClaim claim) {
        if (Binding.text(claim.getSpec().getVolumeName()).isEmpty()) {
            return lost("ClaimLost", "Bound claim has lost reference to PersistentVolume. Data on the volume is lost!");
        }
        Optional<PersistentVolume> volume = named(claim);
        if (volume.isEmpty()) {
            return lost("ClaimLost", "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
        }
        boolean whole = volume.get().getSpec().getClaimRef() == null
                || Objects.equals(
                        volume.get().getSpec().getClaimRef().getUid(),
                        claim.getMetadata().getUid());
        return whole
                ? new ClaimStep.Bind(volume.get())
                : lost("ClaimMisbound", "Two claims are bound to the same volume, this one is bound incorrectly");
    }

    private static ClaimStep lost(String reason, String message) {
        return new ClaimStep.Lost(new ClaimStep.News(true, reason, message));
    }

    private ClaimStep pending(PersistentVolumeClaim claim) {
        return Binding.text(claim.getSpec().getVolumeName()).isEmpty() ? anyVolume(claim) : thisVolume(claim);
    }

    private ClaimStep anyVolume(PersistentVolumeClaim claim) {
        String name = Binding.className(claim);
        boolean delayed = classes.stream()
                .anyMatch(each -> each.getMetadata().getName().equals(name)
                        && "WaitForFirstConsumer".equals(each.getVolumeBindingMode()));
        Optional<PersistentVolume> match = VolumeMatch.of(claim, volumes, delayed);
        if (match.isPresent()) {
            return new ClaimStep.Bind(match.get());
        }
        Optional<String> standard = Binding.namesNoClass(claim) ? Binding.defaultClass(classes) : Optional.empty();
        if (standard.isPresent()) {
            return new ClaimStep.TakeClass(standard.get());
        }
        if (delayed && !Selectors.annotations(claim).containsKey(Binding.SELECTED_NODE)) {
            return waiting(consumer());
        }
        return name.isEmpty()
                ? waiting(new ClaimStep.News(
                        false,
                        "FailedBinding",
                        "no persistent volumes available for this claim and no storage class is set"))
                : new ClaimStep.Provision();
    }

    private ClaimStep.News consumer() {
        if (unscheduled.isEmpty()) {
            return new ClaimStep.News(
                    false, "WaitForFirstConsumer", "waiting for first consumer to be created before binding");
        }
        return new ClaimStep.News(
                false,
                "WaitForPodScheduled",
                "waiting for " + (unscheduled.size() > 1 ? "pods " : "pod ") + String.join(",", unscheduled)
                        + " to be scheduled");
    }

    private ClaimStep thisVolume(PersistentVolumeClaim claim) {
        Optional<PersistentVolume> volume = named(claim);
        if (volume.isEmpty()) {
            return new ClaimStep.Wait(Optional.empty());
        }
        String name = volume.get().getMetadata().getName();
        if (volume.get().getSpec().getClaimRef() == null) {
            Optional<String> refusal = VolumeMatch.refusal(volume.get(), claim);
            return refusal.isEmpty()
                    ? new ClaimStep.Bind(volume.get())
                    : waiting(new ClaimStep.News(
                            true,
                            "VolumeMismatch",
                            "Cannot bind to requested volume \"" + name + "\": " + refusal.get()));
        }
        if (Binding.isFor(volume.get(), claim)) {
            return new ClaimStep.Bind(volume.get());
        }
        ClaimStep.News taken = new ClaimStep.News(
                true, "FailedBinding", "volume \"" + name + "\" already bound to a different claim.");
        return Selectors.annotations(claim).containsKey(Binding.BOUND_BY_CONTROLLER)
                ? new ClaimStep.Broken(taken)
                : waiting(taken);
    }

    private static ClaimStep waiting(ClaimStep.News news) {
        return new ClaimStep.Wait(Optional.of(news));
    }
}
