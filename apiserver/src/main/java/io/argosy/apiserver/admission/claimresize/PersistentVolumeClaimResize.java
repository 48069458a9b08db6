package io.argosy.apiserver.admission.claimresize;

import io.argosy.apimodel.quantity.Quantity;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionPlugin;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.admission.Refusals;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;

/** Lets claims grow that are bound and whose StorageClass allows it. */
public final class PersistentVolumeClaimResize implements AdmissionPlugin {

    private final ClusterObjects objects;

    public PersistentVolumeClaimResize(ClusterObjects objects) {
        this.objects = objects;
    }

    @Override
    public String name() {
        return "PersistentVolumeClaimResize";
    }

    @Override
    public boolean handles(Operation operation) {
        return operation == Operation.UPDATE;
    }

    @Override
    public void validate(AdmissionRequest request) {
        if (!request.isFor("", "persistentvolumeclaims", "")) {
            return;
        }
        ObjectValue claim = request.object().orElseGet(ObjectValue::new);
        ObjectValue old = request.oldObject().orElseGet(ObjectValue::new);
        if (size(claim).compareTo(size(old)) <= 0) {
            return;
        }
        if (!old.string("status", "phase").orElse("").equals("Bound")) {
            throw Refusals.forbidden(request, "Only bound persistent volume claims can be expanded");
        }
        if (!mayGrow(claim, old)) {
            throw Refusals.forbidden(
                    request,
                    "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must "
                            + "support resize");
        }
    }

    private static Quantity size(ObjectValue claim) {
        return claim.string("spec", "resources", "requests", "storage")
                .flatMap(Quantity::tryParse)
                .orElse(Quantity.ZERO);
    }

    private boolean mayGrow(ObjectValue claim, ObjectValue old) {
        String name = storageClass(claim);
        return !name.isEmpty()
                && name.equals(storageClass(old))
                && objects.find(Resources.STORAGE_CLASSES, "", name)
                        .filter(found -> found.isTrue("allowVolumeExpansion"))
                        .isPresent();
    }

    private static String storageClass(ObjectValue claim) {
        return claim.string("metadata", "annotations", "volume.beta.kubernetes.io/storage-class")
                .or(() -> claim.string("spec", "storageClassName"))
                .orElse("");
    }
}
