package io.argosy.controllermanager.statefulset;

import io.argosy.client.request.ObjectJson;
import io.argosy.controllermanager.ownership.Owners;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes a StatefulSet's status. Pure. */
final class StatefulStatuses {

    private StatefulStatuses() {}

    /** @param deleted how many pods of the current revision were just deleted */
    static StatefulSetStatus of(
            StatefulSet set, List<Pod> pods, String current, String update, int collisions, int deleted, Instant now) {
        int ready = (int) pods.stream().filter(StatefulPods::isRunningAndReady).count();
        int available = (int) pods.stream()
                .filter(pod -> StatefulPods.isAvailable(set, pod, now))
                .count();
        int old = Math.max(0, of(pods, current) - deleted);
        int updated = of(pods, update);
        StatefulSetStatus status = set.getStatus() == null ? new StatefulSetStatus() : ObjectJson.copy(set.getStatus());
        status.setObservedGeneration(set.getMetadata().getGeneration());
        status.setReplicas(pods.size());
        status.setReadyReplicas(counted(ready));
        status.setAvailableReplicas(available);
        status.setCurrentRevision(current);
        status.setUpdateRevision(update);
        status.setCollisionCount(collisions);
        int wanted = set.getSpec().getReplicas() == null ? 1 : set.getSpec().getReplicas();
        boolean onDelete = set.getSpec().getUpdateStrategy() != null
                && "OnDelete".equals(set.getSpec().getUpdateStrategy().getType());
        if (!onDelete && updated == wanted && ready == wanted && pods.size() == wanted) {
            old = updated;
            status.setCurrentRevision(update);
        }
        status.setCurrentReplicas(counted(old));
        status.setUpdatedReplicas(counted(updated));
        return status;
    }

    private static int of(List<Pod> pods, String revision) {
        return (int) pods.stream()
                .filter(pod ->
                        !Owners.isDeleting(pod) && StatefulPods.revision(pod).equals(revision))
                .count();
    }

    /** The API leaves out these counts when they are zero. */
    private static @Nullable Integer counted(int count) {
        return count == 0 ? null : count;
    }
}
