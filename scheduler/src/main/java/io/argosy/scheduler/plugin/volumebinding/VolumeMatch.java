package io.argosy.scheduler.plugin.volumebinding;

import io.argosy.apimodel.quantity.Quantity;
import io.argosy.scheduler.columns.NodeFacts;
import io.argosy.scheduler.columns.Selectors;
import io.argosy.scheduler.plugin.nodeaffinity.RequiredNodes;
import io.argosy.scheduler.storage.PodClaims;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds a volume for a claim: the one that is meant for it, or the smallest that is free and large enough. */
final class VolumeMatch {

    private VolumeMatch() {}

    /** @param taken names of volumes that go to other claims */
    static Optional<PersistentVolume> of(
            PersistentVolumeClaim claim, List<PersistentVolume> volumes, NodeFacts node, Set<String> taken) {
        return volumes.stream()
                .filter(volume -> fits(volume, claim)
                        && reaches(volume, node)
                        && !taken.contains(volume.getMetadata().getName()))
                .min(Comparator.<PersistentVolume, Boolean>comparing(
                                volume -> volume.getSpec().getClaimRef() == null)
                        .thenComparing(VolumeMatch::capacity)
                        .thenComparing(volume -> volume.getMetadata().getName()));
    }

    /** Whether the volume can be used on a node. */
    static boolean reaches(PersistentVolume volume, NodeFacts node) {
        var affinity = volume.getSpec().getNodeAffinity();
        return affinity == null
                || affinity.getRequired() == null
                || RequiredNodes.of(affinity.getRequired()).match(node);
    }

    private static boolean fits(PersistentVolume volume, PersistentVolumeClaim claim) {
        ObjectReference owner = volume.getSpec().getClaimRef();
        if (volume.getMetadata().getDeletionTimestamp() != null || !mode(volume).equals(mode(claim))) {
            return false;
        }
        if (capacity(volume).compareTo(wanted(claim)) < 0) {
            return false;
        }
        if (owner != null) {
            return isFor(owner, claim);
        }
        return available(volume)
                && text(volume.getSpec().getStorageClassName()).equals(PodClaims.className(claim))
                && text(volume.getSpec().getVolumeAttributesClassName())
                        .equals(text(claim.getSpec().getVolumeAttributesClassName()))
                && (claim.getSpec().getSelector() == null
                        || Selectors.of(claim.getSpec().getSelector())
                                .matches(Selectors.orEmpty(volume.getMetadata().getLabels())))
                && Selectors.orEmpty(volume.getSpec().getAccessModes())
                        .containsAll(Selectors.orEmpty(claim.getSpec().getAccessModes()));
    }

    private static boolean isFor(ObjectReference owner, PersistentVolumeClaim claim) {
        return Objects.equals(owner.getName(), claim.getMetadata().getName())
                && Objects.equals(owner.getNamespace(), claim.getMetadata().getNamespace())
                && (text(owner.getUid()).isEmpty()
                        || owner.getUid().equals(claim.getMetadata().getUid()));
    }

    private static boolean available(PersistentVolume volume) {
        return volume.getStatus() != null
                && "Available".equals(volume.getStatus().getPhase());
    }

    private static String mode(PersistentVolume volume) {
        String mode = text(volume.getSpec().getVolumeMode());
        return mode.isEmpty() ? "Filesystem" : mode;
    }

    private static String mode(PersistentVolumeClaim claim) {
        String mode = text(claim.getSpec().getVolumeMode());
        return mode.isEmpty() ? "Filesystem" : mode;
    }

    private static Quantity capacity(PersistentVolume volume) {
        return amount(Selectors.orEmpty(volume.getSpec().getCapacity()).get("storage"));
    }

    private static Quantity wanted(PersistentVolumeClaim claim) {
        var resources = claim.getSpec().getResources();
        return amount(
                resources == null
                        ? null
                        : Selectors.orEmpty(resources.getRequests()).get("storage"));
    }

    private static Quantity amount(io.fabric8.kubernetes.api.model.@Nullable Quantity quantity) {
        return quantity == null
                ? Quantity.ZERO
                : Quantity.tryParse(quantity.toString()).orElse(Quantity.ZERO);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
