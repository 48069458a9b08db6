package io.argosy.controllermanager.pod;

import io.argosy.apimodel.status.ApiException;
import io.argosy.client.request.DeleteOptions;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.ControllerContext;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Arrays;

/** Deletes pods of a controller, this very pod and no other of its name, and tells each in an event of its owner. */
public final class PodDeletion {

    private PodDeletion() {}

    /** @param fine codes of refusals by which the pod counts as gone */
    public static void delete(ControllerContext context, HasMetadata owner, Pod pod, int... fine) {
        try {
            context.client()
                    .resource(Pod.class)
                    .delete(
                            ResourceType.keyOf(pod),
                            DeleteOptions.ofUid(pod.getMetadata().getUid()));
            context.events()
                    .normal(
                            owner,
                            "SuccessfulDelete",
                            "Deleted pod: " + pod.getMetadata().getName());
        } catch (ApiException e) {
            if (Arrays.stream(fine).anyMatch(e::is)) {
                return;
            }
            context.events().warning(owner, "FailedDelete", "Error deleting: " + e.message());
            throw e;
        }
    }
}
