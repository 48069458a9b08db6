package io.argosy.controllermanager.persistentvolume;

import io.argosy.client.request.DeleteOptions;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.ownership.Selectors;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import java.io.IOException;
import java.util.Optional;

/** Does with volumes whose claim is gone what their policy says. */
final class Reclaimer {

    private static final String HOST_PATH = "kubernetes.io/host-path";

    private final ControllerContext context;
    private final BinderActions actions;
    private final HostPaths paths;

    /** Who removes a volume. */
    sealed interface Remover {
        /** Another process, by watching. */
        record Elsewhere() implements Remover {}

        /** This process: the folder is its own. */
        record Folder(String path) implements Remover {}

        /** Nobody. */
        record None(String why) implements Remover {}
    }

    Reclaimer(ControllerContext context, BinderActions actions, HostPaths paths) {
        this.context = context;
        this.actions = actions;
        this.paths = paths;
    }

    void reclaim(PersistentVolume volume) {
        PersistentVolume shown =
                Binding.phase(volume).equals("Failed") ? volume : actions.phase(volume, "Released", "");
        if (!Selectors.annotations(volume).getOrDefault(Binding.MIGRATED_TO, "").isEmpty()) {
            return;
        }
        switch (Binding.text(volume.getSpec().getPersistentVolumeReclaimPolicy())) {
            case "Retain" -> {}
            case "Recycle" ->
                failed(shown, "VolumeFailedRecycle", "Recycle failed: recycling of volumes is not supported");
            case "Delete" -> delete(shown);
            default ->
                failed(shown, "VolumeUnknownReclaimPolicy", "Volume has unrecognized PersistentVolumeReclaimPolicy");
        }
    }

    private void delete(PersistentVolume volume) {
        switch (remover(volume)) {
            case Remover.Elsewhere() -> {}
            case Remover.None(String why) -> failed(volume, "VolumeFailedDelete", why);
            case Remover.Folder(String path) -> {
                try {
                    paths.delete(path);
                } catch (IOException e) {
                    failed(volume, "VolumeFailedDelete", String.valueOf(e.getMessage()));
                    return;
                }
                context.client()
                        .resource(PersistentVolume.class)
                        .delete(
                                ResourceType.keyOf(volume),
                                DeleteOptions.ofUid(volume.getMetadata().getUid()));
            }
        }
    }

    /** Pure. */
    static Remover remover(PersistentVolume volume) {
        String by = Selectors.annotations(volume).getOrDefault(Binding.PROVISIONED_BY, "");
        if (!by.isEmpty() && !by.startsWith("kubernetes.io/")) {
            return new Remover.Elsewhere();
        }
        if (!by.isEmpty() && !by.equals(HOST_PATH)) {
            return new Remover.None("no deletable volume plugin matched");
        }
        if (volume.getSpec().getCsi() != null) {
            return new Remover.Elsewhere();
        }
        return Optional.ofNullable(volume.getSpec().getHostPath())
                .<Remover>map(source -> new Remover.Folder(source.getPath()))
                .orElse(new Remover.None("error getting deleter volume plugin for volume \""
                        + volume.getMetadata().getName() + "\": no deletable volume plugin matched"));
    }

    private void failed(PersistentVolume volume, String reason, String message) {
        boolean known = Binding.phase(volume).equals("Failed");
        actions.phase(volume, "Failed", message);
        if (!known) {
            context.events().warning(volume, reason, message);
        }
    }
}
