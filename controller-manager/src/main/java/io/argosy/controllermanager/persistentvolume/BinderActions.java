package io.argosy.controllermanager.persistentvolume;

import io.argosy.client.request.ApiClient;
import io.argosy.client.request.ObjectJson;
import io.argosy.controllermanager.ownership.Selectors;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatus;
import io.fabric8.kubernetes.api.model.PersistentVolumeStatus;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes bindings. Each write has the version that was looked at as its precondition, and what is as it should be is not
 * written, so that a binding that was begun is finished by doing it again.
 */
final class BinderActions {

    private final ApiClient client;
    private final java.time.InstantSource clock;

    BinderActions(ApiClient client, java.time.InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /** The volume first, so that no other claim can take it; then the claim. */
    void bind(PersistentVolume volume, PersistentVolumeClaim claim) {
        PersistentVolume given = phase(give(volume, claim), "Bound", "");
        PersistentVolumeClaim taken = take(claim, given);
        status(taken, "Bound", Optional.of(given));
    }

    private PersistentVolume give(PersistentVolume volume, PersistentVolumeClaim claim) {
        if (volume.getSpec().getClaimRef() != null
                && Objects.equals(
                        volume.getSpec().getClaimRef().getUid(),
                        claim.getMetadata().getUid())) {
            return volume;
        }
        PersistentVolume next = ObjectJson.copy(volume);
        if (!Binding.isFor(volume, claim)) {
            annotate(next, Binding.BOUND_BY_CONTROLLER, "yes");
        }
        next.getSpec()
                .setClaimRef(new ObjectReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("PersistentVolumeClaim")
                        .withNamespace(claim.getMetadata().getNamespace())
                        .withName(claim.getMetadata().getName())
                        .withUid(claim.getMetadata().getUid())
                        .withResourceVersion(claim.getMetadata().getResourceVersion())
                        .build());
        return client.resource(PersistentVolume.class).update(next);
    }

    private PersistentVolumeClaim take(PersistentVolumeClaim claim, PersistentVolume volume) {
        String name = volume.getMetadata().getName();
        boolean named = name.equals(claim.getSpec().getVolumeName());
        if (named && Selectors.annotations(claim).containsKey(Binding.BIND_COMPLETED)) {
            return claim;
        }
        PersistentVolumeClaim next = ObjectJson.copy(claim);
        if (!named) {
            next.getSpec().setVolumeName(name);
            annotate(next, Binding.BOUND_BY_CONTROLLER, "yes");
        }
        annotate(next, Binding.BIND_COMPLETED, "yes");
        return client.resource(PersistentVolumeClaim.class).update(next);
    }

    /** Takes back what was given; a volume that a user reserved stays reserved. */
    void free(PersistentVolume volume) {
        PersistentVolume next = ObjectJson.copy(volume);
        if (Selectors.annotations(volume).containsKey(Binding.BOUND_BY_CONTROLLER)) {
            next.getSpec().setClaimRef(null);
            Map<String, String> annotations = new HashMap<>(Selectors.annotations(volume));
            annotations.remove(Binding.BOUND_BY_CONTROLLER);
            next.getMetadata().setAnnotations(annotations);
        } else {
            next.getSpec().getClaimRef().setUid(null);
        }
        phase(client.resource(PersistentVolume.class).update(next), "Available", "");
    }

    /** Shows a volume's phase; a volume that shows it is returned as it is. */
    PersistentVolume phase(PersistentVolume volume, String phase, String message) {
        if (Binding.phase(volume).equals(phase)
                && Objects.equals(Binding.text(volume.getStatus().getMessage()), message)) {
            return volume;
        }
        PersistentVolume next = ObjectJson.copy(volume);
        PersistentVolumeStatus status = next.getStatus() == null ? new PersistentVolumeStatus() : next.getStatus();
        if (!phase.equals(status.getPhase())) {
            status.setLastPhaseTransitionTime(now());
        }
        status.setPhase(phase);
        status.setMessage(message.isEmpty() ? null : message);
        next.setStatus(status);
        return client.resource(PersistentVolume.class).updateStatus(next);
    }

    /** Shows a claim's phase and what it has. Tells whether the phase changed. */
    boolean status(PersistentVolumeClaim claim, String phase, Optional<PersistentVolume> volume) {
        PersistentVolumeClaimStatus before =
                claim.getStatus() == null ? new PersistentVolumeClaimStatus() : claim.getStatus();
        PersistentVolumeClaimStatus after = status(before, phase, volume);
        if (after.equals(before)) {
            return false;
        }
        PersistentVolumeClaim next = ObjectJson.copy(claim);
        next.setStatus(after);
        client.resource(PersistentVolumeClaim.class).updateStatus(next);
        return !phase.equals(before.getPhase());
    }

    /** Pure. The size is taken over when a claim becomes bound, and then belongs to whoever resizes it. */
    static PersistentVolumeClaimStatus status(
            PersistentVolumeClaimStatus before, String phase, Optional<PersistentVolume> volume) {
        PersistentVolumeClaimStatus after = ObjectJson.copy(before);
        after.setPhase(phase);
        if (volume.isEmpty()) {
            after.setAccessModes(List.of());
            after.setCapacity(Map.of());
            after.setCurrentVolumeAttributesClassName(null);
            return after;
        }
        after.setAccessModes(Binding.orEmpty(volume.get().getSpec().getAccessModes()));
        if (!phase.equals(before.getPhase())) {
            after.setCapacity(volume.get().getSpec().getCapacity());
        }
        if ("Pending".equals(before.getPhase()) && phase.equals("Bound")) {
            after.setCurrentVolumeAttributesClassName(volume.get().getSpec().getVolumeAttributesClassName());
        }
        return after;
    }

    void takeClass(PersistentVolumeClaim claim, String name) {
        PersistentVolumeClaim next = ObjectJson.copy(claim);
        next.getSpec().setStorageClassName(name);
        client.resource(PersistentVolumeClaim.class).update(next);
    }

    /** Tells provisioners whose turn it is. */
    void askProvisioner(PersistentVolumeClaim claim, String provisioner) {
        Map<String, String> annotations = Selectors.annotations(claim);
        if (provisioner.equals(annotations.get(Binding.PROVISIONER))
                && provisioner.equals(annotations.get(Binding.OLD_PROVISIONER))) {
            return;
        }
        PersistentVolumeClaim next = ObjectJson.copy(claim);
        annotate(next, Binding.PROVISIONER, provisioner);
        annotate(next, Binding.OLD_PROVISIONER, provisioner);
        client.resource(PersistentVolumeClaim.class).update(next);
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS).toString();
    }

    private static void annotate(HasMetadata object, String key, String value) {
        Map<String, String> annotations = new HashMap<>(Selectors.annotations(object));
        annotations.put(key, value);
        object.getMetadata().setAnnotations(annotations);
    }
}
