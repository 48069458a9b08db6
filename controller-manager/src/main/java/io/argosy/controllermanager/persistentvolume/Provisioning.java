package io.argosy.controllermanager.persistentvolume;

import io.argosy.client.request.ObjectJson;
import io.argosy.controllermanager.loop.ControllerContext;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Has volumes made for claims: by provisioners that run elsewhere, or as folders where that is switched on. */
final class Provisioning {

    private static final String HOST_PATH = "kubernetes.io/host-path";

    private final ControllerContext context;
    private final BinderActions actions;
    private final Optional<HostPaths> folders;

    /** @param folders empty where folders of this machine must not become volumes */
    Provisioning(ControllerContext context, BinderActions actions, Optional<HostPaths> folders) {
        this.context = context;
        this.actions = actions;
        this.folders = folders;
    }

    void provision(PersistentVolumeClaim claim, Optional<StorageClass> found) {
        String name = Binding.className(claim);
        if (found.isEmpty()) {
            failed(claim, "storageclass.storage.k8s.io \"" + name + "\" not found");
            return;
        }
        String provisioner = Binding.text(found.get().getProvisioner());
        if (!provisioner.startsWith("kubernetes.io/")) {
            actions.askProvisioner(claim, provisioner);
            context.events()
                    .normal(
                            claim,
                            "ExternalProvisioning",
                            "Waiting for a volume to be created either by the external provisioner '" + provisioner
                                    + "' or manually by the system administrator. If volume creation is delayed, please"
                                    + " verify that the provisioner is running and correctly registered.");
        } else if (provisioner.equals(HOST_PATH) && folders.isPresent()) {
            folder(claim, found.get(), folders.get());
        } else {
            failed(claim, "no volume plugin matched name: " + provisioner);
        }
    }

    private void failed(PersistentVolumeClaim claim, String message) {
        context.events().warning(claim, "ProvisioningFailed", message);
        actions.status(claim, "Pending", Optional.empty());
    }

    private void folder(PersistentVolumeClaim claim, StorageClass storageClass, HostPaths paths) {
        String name = "pvc-" + claim.getMetadata().getUid();
        if (context.client()
                .resource(PersistentVolume.class)
                .find(new io.argosy.apimodel.meta.ObjectKey("", name))
                .isPresent()) {
            return;
        }
        String path;
        try {
            path = paths.create(name).toString();
        } catch (IOException e) {
            failed(
                    claim,
                    "Failed to provision volume with StorageClass \""
                            + storageClass.getMetadata().getName() + "\": " + e.getMessage());
            return;
        }
        context.client().resource(PersistentVolume.class).create(volume(claim, storageClass, name, path));
        context.events()
                .normal(
                        claim,
                        "ProvisioningSucceeded",
                        "Successfully provisioned volume " + name + " using " + HOST_PATH);
    }

    private static PersistentVolume volume(
            PersistentVolumeClaim claim, StorageClass storageClass, String name, String path) {
        List<String> modes = Binding.orEmpty(claim.getSpec().getAccessModes());
        return new PersistentVolumeBuilder()
                .withNewMetadata()
                .withName(name)
                .withAnnotations(Map.of(Binding.BOUND_BY_CONTROLLER, "yes", Binding.PROVISIONED_BY, HOST_PATH))
                .endMetadata()
                .withNewSpec()
                .withStorageClassName(storageClass.getMetadata().getName())
                .withPersistentVolumeReclaimPolicy(
                        Binding.text(storageClass.getReclaimPolicy()).isEmpty()
                                ? "Delete"
                                : storageClass.getReclaimPolicy())
                .withAccessModes(modes)
                .withCapacity(ObjectJson.copy(claim).getSpec().getResources().getRequests())
                .withNewHostPath(path, "")
                .withClaimRef(new ObjectReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("PersistentVolumeClaim")
                        .withNamespace(claim.getMetadata().getNamespace())
                        .withName(claim.getMetadata().getName())
                        .withUid(claim.getMetadata().getUid())
                        .withResourceVersion(claim.getMetadata().getResourceVersion())
                        .build())
                .endSpec()
                .build();
    }
}
