package io.argosy.apiserver.admission.storageclass;

import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionPlugin;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import java.util.Comparator;
import java.util.Set;

/** Gives claims that name no class, not even the empty one, the default StorageClass: the newest of several. */
public final class DefaultStorageClass implements AdmissionPlugin {

    private static final Set<String> MARKS =
            Set.of("storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class");

    private final ClusterObjects objects;

    public DefaultStorageClass(ClusterObjects objects) {
        this.objects = objects;
    }

    @Override
    public String name() {
        return "DefaultStorageClass";
    }

    @Override
    public boolean handles(Operation operation) {
        return operation == Operation.CREATE;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        if (!request.isFor("", "persistentvolumeclaims", "")) {
            return;
        }
        ObjectValue claim = request.object().orElseThrow();
        boolean named = claim.at("spec", "storageClassName").isPresent()
                || claim.at("metadata", "annotations", "volume.beta.kubernetes.io/storage-class")
                        .isPresent();
        if (named) {
            return;
        }
        Comparator<ObjectValue> byAge = Comparator.comparing((ObjectValue storageClass) ->
                storageClass.string("metadata", "creationTimestamp").orElse(""));
        objects.list(Resources.STORAGE_CLASSES, "").stream()
                .filter(DefaultStorageClass::isDefault)
                .max(byAge.thenComparing(
                        storageClass -> storageClass.string("metadata", "name").orElse(""), Comparator.reverseOrder()))
                .flatMap(storageClass -> storageClass.string("metadata", "name"))
                .ifPresent(name -> claim.objectOrNew("spec").put("storageClassName", name));
    }

    private static boolean isDefault(ObjectValue storageClass) {
        return MARKS.stream()
                .anyMatch(mark -> storageClass
                        .string("metadata", "annotations", mark)
                        .orElse("")
                        .equals("true"));
    }
}
