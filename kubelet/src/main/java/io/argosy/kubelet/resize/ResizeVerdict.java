package io.argosy.kubelet.resize;

import io.argosy.kubelet.cgroup.PodLimits;
import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/** Whether the node grants what a pod that runs asks for now. */
public sealed interface ResizeVerdict {

    /** The pod asks for what it has. */
    record Unchanged() implements ResizeVerdict {}

    /** There is room: the pod gets it. */
    record Granted() implements ResizeVerdict {}

    /** There may be room later. */
    record Deferred(String message) implements ResizeVerdict {}

    /** There will never be room on this node. */
    record Infeasible(String message) implements ResizeVerdict {}

    /** What a node can give away. */
    record Room(long milliCpu, long memory) {}

    /**
     * Pure.
     *
     * @param wanted as the API has it
     * @param granted the same pod with what it was granted so far
     * @param others every other pod that runs here, as granted
     */
    static ResizeVerdict of(Pod wanted, Pod granted, List<Pod> others, Room room) {
        if (Resources.of(wanted).equals(Resources.of(granted))) {
            return new Unchanged();
        }
        if (PodView.isStatic(wanted)) {
            return new Infeasible("In-place resize of static-pods is not supported");
        }
        PodLimits asked = PodLimits.of(wanted);
        if (asked.milliCpu() > room.milliCpu()) {
            return new Infeasible(tooSmall("cpu", asked.milliCpu(), room.milliCpu()));
        }
        if (asked.memory() > room.memory()) {
            return new Infeasible(tooSmall("memory", asked.memory(), room.memory()));
        }
        PodLimits has = PodLimits.of(granted);
        long cpu = others.stream().mapToLong(p -> PodLimits.of(p).milliCpu()).sum();
        if (asked.milliCpu() > has.milliCpu() && cpu + asked.milliCpu() > room.milliCpu()) {
            return new Deferred(tooFull("cpu", asked.milliCpu(), cpu, room.milliCpu()));
        }
        long memory = others.stream().mapToLong(p -> PodLimits.of(p).memory()).sum();
        if (asked.memory() > has.memory() && memory + asked.memory() > room.memory()) {
            return new Deferred(tooFull("memory", asked.memory(), memory, room.memory()));
        }
        return new Granted();
    }

    private static String tooSmall(String resource, long requested, long capacity) {
        return "Node didn't have enough capacity: " + resource + ", requested: " + requested + ", capacity: "
                + capacity;
    }

    private static String tooFull(String resource, long requested, long used, long capacity) {
        return "Node didn't have enough resource: " + resource + ", requested: " + requested + ", used: " + used
                + ", capacity: " + capacity;
    }
}
