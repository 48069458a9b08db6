package io.argosy.apiserver.admission.storageprotection;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.admission.AdmissionPlugin;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Operation;

/** Puts on new volumes, claims and attribute classes the finalizer that keeps them while they are used. */
public final class StorageObjectInUseProtection implements AdmissionPlugin {

    @Override
    public String name() {
        return "StorageObjectInUseProtection";
    }

    @Override
    public boolean handles(Operation operation) {
        return operation == Operation.CREATE;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        if (request.isFor("", "persistentvolumes", "")) {
            add(request.object().orElseThrow(), "kubernetes.io/pv-protection");
        } else if (request.isFor("", "persistentvolumeclaims", "")) {
            add(request.object().orElseThrow(), "kubernetes.io/pvc-protection");
        } else if (request.isFor("storage.k8s.io", "volumeattributesclasses", "")) {
            add(request.object().orElseThrow(), "kubernetes.io/vac-protection");
        }
    }

    private static void add(ObjectValue object, String finalizer) {
        ArrayValue finalizers = object.objectOrNew("metadata").arrayOrNew("finalizers");
        if (finalizers.strings().noneMatch(finalizer::equals)) {
            finalizers.add(Value.of(finalizer));
        }
    }
}
