package io.argosy.controllermanager.persistentvolume;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.quantity.Quantity;
import io.argosy.controllermanager.ownership.Selectors;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What claims and volumes say of each other. Pure. */
final class Binding {

    static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
    static final String BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";
    static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";
    static final String MIGRATED_TO = "pv.kubernetes.io/migrated-to";
    static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";
    static final String PROVISIONER = "volume.kubernetes.io/storage-provisioner";
    static final String OLD_PROVISIONER = "volume.beta.kubernetes.io/storage-provisioner";

    private static final String OLD_CLASS = "volume.beta.kubernetes.io/storage-class";
    private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";
    private static final String OLD_DEFAULT_CLASS = "storageclass.beta.kubernetes.io/is-default-class";

    private Binding() {}

    /** Whether a volume was given to this claim, finally or by its names only. */
    static boolean isFor(PersistentVolume volume, PersistentVolumeClaim claim) {
        ObjectReference owner = volume.getSpec().getClaimRef();
        return owner != null
                && Objects.equals(owner.getName(), claim.getMetadata().getName())
                && Objects.equals(owner.getNamespace(), claim.getMetadata().getNamespace())
                && (text(owner.getUid()).isEmpty()
                        || owner.getUid().equals(claim.getMetadata().getUid()));
    }

    static ObjectKey claimOf(PersistentVolume volume) {
        ObjectReference owner = volume.getSpec().getClaimRef();
        return new ObjectKey(text(owner.getNamespace()), text(owner.getName()));
    }

    static String className(PersistentVolumeClaim claim) {
        String old = Selectors.annotations(claim).get(OLD_CLASS);
        return old != null ? old : text(claim.getSpec().getStorageClassName());
    }

    static String className(PersistentVolume volume) {
        String old = Selectors.annotations(volume).get(OLD_CLASS);
        return old != null ? old : text(volume.getSpec().getStorageClassName());
    }

    /** Whether its user left it open of which class it is. */
    static boolean namesNoClass(PersistentVolumeClaim claim) {
        return claim.getSpec().getStorageClassName() == null
                && !Selectors.annotations(claim).containsKey(OLD_CLASS);
    }

    static boolean isDefault(StorageClass storageClass) {
        Map<String, String> annotations = Selectors.annotations(storageClass);
        return "true".equals(annotations.get(DEFAULT_CLASS)) || "true".equals(annotations.get(OLD_DEFAULT_CLASS));
    }

    /** The class of those who name none: of several the newest, then the first by name. */
    static Optional<String> defaultClass(List<StorageClass> classes) {
        return classes.stream()
                .filter(Binding::isDefault)
                .min(java.util.Comparator.comparing(
                                (StorageClass each) -> text(each.getMetadata().getCreationTimestamp()))
                        .reversed()
                        .thenComparing(each -> each.getMetadata().getName()))
                .map(each -> each.getMetadata().getName());
    }

    static String mode(@Nullable String mode) {
        return mode == null || mode.isEmpty() ? "Filesystem" : mode;
    }

    static boolean sameMode(PersistentVolume volume, PersistentVolumeClaim claim) {
        return mode(volume.getSpec().getVolumeMode())
                .equals(mode(claim.getSpec().getVolumeMode()));
    }

    static boolean sameAttributes(PersistentVolume volume, PersistentVolumeClaim claim) {
        return text(volume.getSpec().getVolumeAttributesClassName())
                .equals(text(claim.getSpec().getVolumeAttributesClassName()));
    }

    static boolean hasModes(PersistentVolume volume, PersistentVolumeClaim claim) {
        return orEmpty(volume.getSpec().getAccessModes())
                .containsAll(orEmpty(claim.getSpec().getAccessModes()));
    }

    static Quantity capacity(PersistentVolume volume) {
        return storage(volume.getSpec().getCapacity());
    }

    static Quantity wanted(PersistentVolumeClaim claim) {
        return storage(
                claim.getSpec().getResources() == null
                        ? null
                        : claim.getSpec().getResources().getRequests());
    }

    static Quantity storage(@Nullable Map<String, io.fabric8.kubernetes.api.model.Quantity> amounts) {
        if (amounts == null || amounts.get("storage") == null) {
            return Quantity.ZERO;
        }
        return Quantity.tryParse(amounts.get("storage").toString()).orElse(Quantity.ZERO);
    }

    static String phase(PersistentVolume volume) {
        return volume.getStatus() == null ? "" : text(volume.getStatus().getPhase());
    }

    static String phase(PersistentVolumeClaim claim) {
        return claim.getStatus() == null ? "" : text(claim.getStatus().getPhase());
    }

    static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
