package io.argosy.controllermanager.replicaset;

import io.argosy.controllermanager.pod.DeletionOrder;
import io.argosy.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;

/** What to do about the number of pods. */
public sealed interface ReplicaSetPlan {

    /** So many at once; the rest follows when these are seen. */
    int BURST = 500;

    record Nothing() implements ReplicaSetPlan {}

    record Create(int count) implements ReplicaSetPlan {}

    record Delete(List<Pod> pods) implements ReplicaSetPlan {}

    /**
     * @param owned the pods of the set
     * @param related the pods of its siblings, which tell how full nodes are
     */
    static ReplicaSetPlan of(int wanted, List<Pod> owned, List<Pod> related, Instant now) {
        List<Pod> active = owned.stream().filter(Pods::isActive).toList();
        int surplus = active.size() - wanted;
        if (surplus < 0) {
            return new Create(Math.min(-surplus, BURST));
        }
        return surplus == 0
                ? new Nothing()
                : new Delete(DeletionOrder.first(active, related, Math.min(surplus, BURST), now));
    }
}
