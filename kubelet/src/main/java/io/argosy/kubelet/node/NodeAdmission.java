package io.argosy.kubelet.node;

import io.argosy.kubelet.cgroup.PodLimits;
import io.argosy.kubelet.container.ContainerResources;
import io.argosy.kubelet.pod.PodAdmission;
import io.argosy.kubelet.pod.PodView;
import io.argosy.kubelet.pod.Termination;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Sysctl;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Refuses pods for which this node has no room, whose selector it does not match, or whose sysctls are not safe. */
public final class NodeAdmission implements PodAdmission {

    private static final Set<String> SAFE = Set.of(
            "kernel.shm_rmid_forced",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.tcp_syncookies",
            "net.ipv4.ping_group_range",
            "net.ipv4.ip_unprivileged_port_start",
            "net.ipv4.ip_local_reserved_ports",
            "net.ipv4.tcp_keepalive_time",
            "net.ipv4.tcp_fin_timeout",
            "net.ipv4.tcp_keepalive_intvl",
            "net.ipv4.tcp_keepalive_probes",
            "net.ipv4.tcp_rmem",
            "net.ipv4.tcp_wmem");

    private final NodeCapacity capacity;
    private final List<String> unsafe;
    private final Supplier<Optional<Node>> node;
    private final Supplier<Optional<Node>> newest;

    /**
     * @param unsafe names, or prefixes that end in a star, which are allowed beside the safe ones
     * @param node as it was last seen
     * @param newest as the API has it now; asked only before a pod is refused for what the node says of itself
     */
    public NodeAdmission(
            NodeCapacity capacity,
            List<String> unsafe,
            Supplier<Optional<Node>> node,
            Supplier<Optional<Node>> newest) {
        this.capacity = capacity;
        this.unsafe = List.copyOf(unsafe);
        this.node = node;
        this.newest = newest;
    }

    @Override
    public Optional<Termination> refuse(Pod pod, List<Pod> running) {
        Optional<Termination> sysctl = sysctls(pod);
        if (sysctl.isPresent()) {
            return sysctl;
        }
        if (!matches(pod)) {
            return Optional.of(failed(
                    "NodeAffinity",
                    "Predicate NodeAffinity failed: node(s) didn't match Pod's node" + " affinity/selector"));
        }
        if (HostPorts.collide(pod, running)) {
            return Optional.of(failed(
                    "NodePorts",
                    "Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports"));
        }
        if (running.size() + 1 > amount("pods")) {
            return Optional.of(outOf("pods", 1, running.size(), amount("pods")));
        }
        PodLimits wanted = PodLimits.of(pod);
        long cpu = 0;
        long memory = 0;
        for (Pod other : running) {
            PodLimits limits = PodLimits.of(other);
            cpu += limits.milliCpu();
            memory += limits.memory();
        }
        long allCpu = ContainerResources.milli(capacity.allocatable().get("cpu"));
        if (wanted.milliCpu() > 0 && cpu + wanted.milliCpu() > allCpu) {
            return Optional.of(outOf("cpu", wanted.milliCpu(), cpu, allCpu));
        }
        long allMemory = amount("memory");
        if (wanted.memory() > 0 && memory + wanted.memory() > allMemory) {
            return Optional.of(outOf("memory", wanted.memory(), memory, allMemory));
        }
        return Optional.empty();
    }

    private long amount(String name) {
        Quantity quantity = capacity.allocatable().get(name);
        return quantity == null ? 0 : quantity.getNumericalAmount().longValue();
    }

    private static Termination outOf(String resource, long requested, long used, long capacity) {
        return failed(
                "OutOf" + resource,
                "Node didn't have enough resource: " + resource + ", requested: " + requested + ", used: " + used
                        + ", capacity: " + capacity);
    }

    private static Termination failed(String reason, String message) {
        return Termination.verdict("Failed", reason, "Pod was rejected: " + message);
    }

    private boolean matches(Pod pod) {
        // The scheduler may have seen a label that this kubelet has not seen yet.
        return matches(pod, node.get()) || matches(pod, newest.get());
    }

    private static boolean matches(Pod pod, Optional<Node> known) {
        return known.map(n -> NodeMatch.of(pod, n)).orElse(true);
    }

    private Optional<Termination> sysctls(Pod pod) {
        if (pod.getSpec().getSecurityContext() == null) {
            return Optional.empty();
        }
        for (Sysctl sysctl : PodView.orEmpty(pod.getSpec().getSecurityContext().getSysctls())) {
            String name = sysctl.getName().replace('/', '.');
            boolean allowed = SAFE.contains(name)
                    || unsafe.stream()
                            .anyMatch(u ->
                                    u.endsWith("*") ? name.startsWith(u.substring(0, u.length() - 1)) : u.equals(name));
            if (!allowed) {
                return Optional.of(Termination.verdict(
                        "Failed", "SysctlForbidden", "forbidden sysctl: \"" + name + "\" not allowlisted"));
            }
            boolean hostNet = name.startsWith("net.") && PodView.hostNetwork(pod);
            boolean hostIpc = name.startsWith("kernel.")
                    && Boolean.TRUE.equals(pod.getSpec().getHostIPC());
            if (hostNet || hostIpc) {
                return Optional.of(Termination.verdict(
                        "Failed",
                        "SysctlForbidden",
                        "forbidden sysctl: \"" + name + "\" not allowed with host " + (hostNet ? "net" : "ipc")
                                + " enabled"));
            }
        }
        return Optional.empty();
    }
}
