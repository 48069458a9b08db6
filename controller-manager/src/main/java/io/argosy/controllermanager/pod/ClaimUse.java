package io.argosy.controllermanager.pod;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.controllermanager.ownership.Owners;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;

/** Which pods use which claims. */
public final class ClaimUse {

    private static final String BY_CLAIM = "claim";

    private ClaimUse() {}

    /** Adds the index that {@link #pods} needs. */
    public static void index(Informer<Pod> pods) {
        pods.addIndex(
                BY_CLAIM,
                pod -> claims(pod).stream().map(ObjectKey::toString).distinct().toList());
    }

    /** The pods of the cache that name a claim, or whose ephemeral volumes have a claim of that name. */
    public static List<Pod> pods(Informer<Pod> pods, ObjectKey claim) {
        return pods.byIndex(BY_CLAIM, claim.toString());
    }

    /** The claims that a pod names, those of its ephemeral volumes among them. */
    public static List<ObjectKey> claims(Pod pod) {
        List<ObjectKey> found = new ArrayList<>();
        for (Volume volume : volumes(pod)) {
            if (volume.getPersistentVolumeClaim() != null) {
                found.add(new ObjectKey(
                        pod.getMetadata().getNamespace(),
                        volume.getPersistentVolumeClaim().getClaimName()));
            } else if (volume.getEphemeral() != null) {
                found.add(new ObjectKey(pod.getMetadata().getNamespace(), ephemeralName(pod, volume)));
            }
        }
        return found;
    }

    /** Whether a pod uses just this claim: the claim of an ephemeral volume must be the pod's own. */
    public static boolean uses(Pod pod, PersistentVolumeClaim claim) {
        String name = claim.getMetadata().getName();
        if (!pod.getMetadata().getNamespace().equals(claim.getMetadata().getNamespace())) {
            return false;
        }
        return volumes(pod).stream()
                .anyMatch(volume -> volume.getPersistentVolumeClaim() != null
                        ? volume.getPersistentVolumeClaim().getClaimName().equals(name)
                        : volume.getEphemeral() != null
                                && ephemeralName(pod, volume).equals(name)
                                && Owners.isControlledBy(claim, pod));
    }

    /** The name of the claim that is made for an ephemeral volume. */
    public static String ephemeralName(Pod pod, Volume volume) {
        return pod.getMetadata().getName() + "-" + volume.getName();
    }

    public static List<Volume> volumes(Pod pod) {
        return pod.getSpec() == null || pod.getSpec().getVolumes() == null
                ? List.of()
                : pod.getSpec().getVolumes();
    }
}
