package io.argosy.scheduler.storage;

import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.columns.Selectors;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The claims that pods name, and what claims say of themselves. */
public final class PodClaims {

    public static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

    private static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
    private static final String OLD_CLASS = "volume.beta.kubernetes.io/storage-class";

    /** @param ephemeral whether the claim is made for this pod alone */
    public record Ref(String name, boolean ephemeral) {}

    private PodClaims() {}

    public static List<Ref> of(PodInfo pod) {
        List<Ref> refs = new ArrayList<>();
        for (Volume volume : Selectors.orEmpty(pod.pod().getSpec().getVolumes())) {
            if (volume.getPersistentVolumeClaim() != null) {
                refs.add(new Ref(volume.getPersistentVolumeClaim().getClaimName(), false));
            } else if (volume.getEphemeral() != null) {
                refs.add(new Ref(pod.key().name() + "-" + volume.getName(), true));
            }
        }
        return refs;
    }

    /** Whether the claim has its volume for good. */
    public static boolean isBound(PersistentVolumeClaim claim) {
        return !volumeName(claim).isEmpty() && annotations(claim).containsKey(BIND_COMPLETED);
    }

    public static String volumeName(PersistentVolumeClaim claim) {
        String name = claim.getSpec().getVolumeName();
        return name == null ? "" : name;
    }

    public static String className(PersistentVolumeClaim claim) {
        String old = annotations(claim).get(OLD_CLASS);
        if (old != null) {
            return old;
        }
        String name = claim.getSpec().getStorageClassName();
        return name == null ? "" : name;
    }

    public static Map<String, String> annotations(PersistentVolumeClaim claim) {
        return Selectors.orEmpty(claim.getMetadata().getAnnotations());
    }
}
