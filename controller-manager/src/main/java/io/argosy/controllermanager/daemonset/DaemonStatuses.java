package io.argosy.controllermanager.daemonset;

import io.argosy.client.request.ObjectJson;
import io.argosy.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes a DaemonSet's status. Pure. */
final class DaemonStatuses {

    private DaemonStatuses() {}

    static DaemonSetStatus of(DaemonView view, int collisions) {
        int current = 0;
        int astray = 0;
        int ready = 0;
        int updated = 0;
        int available = 0;
        for (var entry : view.nodes.entrySet()) {
            List<Pod> there = view.on(entry.getKey());
            if (there.isEmpty()) {
                continue;
            }
            if (!entry.getValue().starts()) {
                astray++;
                continue;
            }
            Pod pod = there.getFirst();
            current++;
            ready += Pods.isReady(pod) ? 1 : 0;
            available += view.isAvailable(pod) ? 1 : 0;
            updated += DaemonPods.isCurrent(pod, view.hash) ? 1 : 0;
        }
        int desired = view.desired();
        DaemonSetStatus before = view.set.getStatus();
        DaemonSetStatus status = before == null ? new DaemonSetStatus() : ObjectJson.copy(before);
        status.setDesiredNumberScheduled(desired);
        status.setCurrentNumberScheduled(current);
        status.setNumberMisscheduled(astray);
        status.setNumberReady(ready);
        status.setUpdatedNumberScheduled(counted(updated));
        status.setNumberAvailable(counted(available));
        status.setNumberUnavailable(counted(desired - available));
        status.setObservedGeneration(view.set.getMetadata().getGeneration());
        if (collisions > 0) {
            status.setCollisionCount(collisions);
        }
        return status;
    }

    /** The API leaves out these counts when they are zero. */
    private static @Nullable Integer counted(int count) {
        return count == 0 ? null : count;
    }
}
