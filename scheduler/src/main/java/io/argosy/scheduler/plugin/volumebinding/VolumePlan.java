package io.argosy.scheduler.plugin.volumebinding;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.List;

/** How a pod gets its volumes on a node. */
sealed interface VolumePlan {

    /**
     * Volumes that are there are given to claims, and others are made.
     *
     * @param provisioned claims whose volume has yet to be made near the node
     */
    record Possible(List<Static> bound, List<PersistentVolumeClaim> provisioned) implements VolumePlan {
        public Possible {
            bound = List.copyOf(bound);
            provisioned = List.copyOf(provisioned);
        }
    }

    /** A volume for a claim. */
    record Static(PersistentVolumeClaim claim, PersistentVolume volume) {}

    /** Not there. */
    record Impossible(List<String> reasons) implements VolumePlan {
        public Impossible {
            reasons = List.copyOf(reasons);
        }
    }
}
