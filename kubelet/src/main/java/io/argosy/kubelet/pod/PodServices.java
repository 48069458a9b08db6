package io.argosy.kubelet.pod;

import io.argosy.client.events.EventRecorder;
import io.argosy.daemon.clock.Clock;
import io.argosy.kubelet.api.NodeObjects;
import io.argosy.kubelet.cgroup.PodCgroups;
import io.argosy.kubelet.container.ContainerConfigs;
import io.argosy.kubelet.container.FieldReader.NodeFacts;
import io.argosy.kubelet.container.PodDns;
import io.argosy.kubelet.container.SandboxConfigs;
import io.argosy.kubelet.cri.ContainerRuntime;
import io.argosy.kubelet.image.Images;
import io.argosy.kubelet.lifecycle.RuntimeObserver;
import io.argosy.kubelet.probe.HandlerRunner;
import io.argosy.kubelet.probe.Probes;
import io.argosy.kubelet.resize.Allocations;
import io.argosy.kubelet.status.StatusSink;
import io.argosy.kubelet.volume.ContainerMounts;
import io.argosy.kubelet.volume.PodVolumes;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Everything the workers of pods share. */
public record PodServices(
        Clock clock,
        ContainerRuntime runtime,
        String runtimeName,
        RuntimeObserver observer,
        Images images,
        PodVolumes volumes,
        ContainerMounts mounts,
        PodCgroups cgroups,
        Allocations allocations,
        ContainerConfigs containers,
        SandboxConfigs sandboxes,
        PodDns.Node dns,
        NodeObjects objects,
        NodeFacts node,
        Supplier<Map<String, Quantity>> allocatable,
        RuntimeHandlers handlers,
        NodeGate gate,
        Probes probes,
        HandlerRunner hooks,
        StatusSink statuses,
        EventRecorder events,
        Settings settings) {

    /** The addresses that hooks reach a pod at: its own as last told, or the node's. */
    java.util.List<String> observedIps(Pod pod) {
        if (PodView.hostNetwork(pod)) {
            return node.hostIps();
        }
        return statuses.get(PodView.uid(pod))
                .map(s -> PodView.orEmpty(s.getPodIPs()).stream()
                        .map(ip -> ip.getIp())
                        .toList())
                .orElse(java.util.List.of());
    }

    /**
     * Times and limits.
     *
     * @param syncPeriod at most so long between two looks at a pod
     */
    public record Settings(Duration syncPeriod, Duration mostRestartDelay) {}

    /** Which handler of the runtime a pod's RuntimeClass means. */
    @FunctionalInterface
    public interface RuntimeHandlers {

        /**
         * The empty string is the runtime's own default.
         *
         * @throws IllegalArgumentException with the reason when the class is not there
         */
        String of(Pod pod);
    }

    /** What the node as a whole says about running pods. */
    public interface NodeGate {

        /** Why no pod with a network of its own can run now; empty when it can. */
        Optional<String> networkProblem();

        /** Whether the objects that pods refer to can be asked for. */
        boolean ready();
    }
}
