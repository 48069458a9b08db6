package io.argosy.scheduler.plugin.noderesources;

import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.columns.ResourceIds;
import java.util.List;

/** The amounts that a score looks at, node after node in the same arrays. */
final class UsedAmounts {

    private final ClusterState cluster;
    private final int[] ids;
    private final long[] wanted;
    private final boolean scored;
    private final long[] without;
    private final long[] with;
    private final long[] allocatable;

    /** @param scored whether containers without requests count with a small amount */
    UsedAmounts(List<ScoredResource> resources, ClusterState cluster, PodInfo pod, boolean scored) {
        this.cluster = cluster;
        this.scored = scored;
        this.ids = resources.stream()
                .mapToInt(resource -> cluster.resources().of(resource.name()))
                .toArray();
        this.wanted = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            wanted[i] = wanted(pod, ids[i]);
        }
        this.without = new long[ids.length];
        this.with = new long[ids.length];
        this.allocatable = new long[ids.length];
    }

    private long wanted(PodInfo pod, int id) {
        if (scored && id == ResourceIds.CPU) {
            return pod.scoredCpu();
        }
        return scored && id == ResourceIds.MEMORY ? pod.scoredMemory() : pod.request(id);
    }

    /** Whether the pod asks for nothing of all this. */
    boolean wantsNothing() {
        for (long amount : wanted) {
            if (amount != 0) {
                return false;
            }
        }
        return true;
    }

    void read(int slot) {
        for (int i = 0; i < ids.length; i++) {
            int id = ids[i];
            boolean looked = wanted[i] != 0 || id <= ResourceIds.EPHEMERAL_STORAGE;
            allocatable[i] = looked ? cluster.allocatable(id, slot) : 0;
            without[i] = allocatable[i] == 0 ? 0 : used(id, slot);
            with[i] = allocatable[i] == 0 ? 0 : without[i] + wanted[i];
        }
    }

    private long used(int id, int slot) {
        if (scored && id == ResourceIds.CPU) {
            return cluster.scoredCpu(slot);
        }
        return scored && id == ResourceIds.MEMORY ? cluster.scoredMemory(slot) : cluster.requested(id, slot);
    }

    long[] withoutPod() {
        return without;
    }

    long[] withPod() {
        return with;
    }

    long[] allocatable() {
        return allocatable;
    }
}
