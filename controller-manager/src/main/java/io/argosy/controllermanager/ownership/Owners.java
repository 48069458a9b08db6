package io.argosy.controllermanager.ownership;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.List;
import java.util.Optional;

/** Reads and makes owner references. */
public final class Owners {

    private Owners() {}

    /** The reference to the owner that controls an object. */
    public static Optional<OwnerReference> controllerOf(HasMetadata object) {
        List<OwnerReference> owners = object.getMetadata().getOwnerReferences();
        return owners == null
                ? Optional.empty()
                : owners.stream()
                        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                        .findFirst();
    }

    /** The UID of the controlling owner; empty when there is none. */
    public static String controllerUid(HasMetadata object) {
        return controllerOf(object).map(OwnerReference::getUid).orElse("");
    }

    public static boolean isControlledBy(HasMetadata object, HasMetadata owner) {
        return controllerUid(object).equals(owner.getMetadata().getUid());
    }

    /** A reference by which an owner controls an object and holds back its own deletion. */
    public static OwnerReference controller(HasMetadata owner) {
        OwnerReference reference = new OwnerReference();
        reference.setApiVersion(owner.getApiVersion());
        reference.setKind(owner.getKind());
        reference.setName(owner.getMetadata().getName());
        reference.setUid(owner.getMetadata().getUid());
        reference.setController(true);
        reference.setBlockOwnerDeletion(true);
        return reference;
    }

    /** Whether its deletion was asked for. */
    public static boolean isDeleting(HasMetadata object) {
        return object.getMetadata().getDeletionTimestamp() != null;
    }
}
