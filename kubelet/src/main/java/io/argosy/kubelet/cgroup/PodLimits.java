package io.argosy.kubelet.cgroup;

import io.argosy.kubelet.container.ContainerResources;
import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What a pod asks for and may use as a whole: its main containers and sidecars together, or its greediest init
 * container, whichever is more. Pure.
 *
 * @param milliCpu asked for
 * @param memory bytes asked for
 * @param milliCpuLimit empty when any container has none
 * @param memoryLimit bytes; empty when any container has none
 */
public record PodLimits(long milliCpu, long memory, Optional<Long> milliCpuLimit, Optional<Long> memoryLimit) {

    public static PodLimits of(Pod pod) {
        return new PodLimits(
                sum(pod, r -> ContainerResources.milli(asked(r, "cpu")), "cpu", false),
                sum(pod, r -> ContainerResources.bytes(asked(r, "memory")), "memory", false),
                limit(pod, "cpu", r -> ContainerResources.milli(limits(r).get("cpu"))),
                limit(pod, "memory", r -> ContainerResources.bytes(limits(r).get("memory"))));
    }

    private static Optional<Long> limit(Pod pod, String name, ToLongFunction<ResourceRequirements> amount) {
        boolean whole = pod.getSpec().getResources() != null
                && limits(pod.getSpec().getResources()).containsKey(name);
        boolean each = !PodView.mains(pod).isEmpty()
                && java.util.stream.Stream.concat(PodView.mains(pod).stream(), PodView.inits(pod).stream())
                        .allMatch(c -> limits(of(c)).containsKey(name));
        return whole || each ? Optional.of(sum(pod, amount, name, true)) : Optional.empty();
    }

    private static long sum(Pod pod, ToLongFunction<ResourceRequirements> amount, String name, boolean limit) {
        long overhead = limit || pod.getSpec().getOverhead() == null
                ? 0
                : amount.applyAsLong(requesting(pod.getSpec().getOverhead()));
        ResourceRequirements whole = pod.getSpec().getResources();
        if (whole != null && (limit ? limits(whole) : PodView.orEmpty(whole.getRequests())).containsKey(name)) {
            return amount.applyAsLong(whole) + overhead;
        }
        long mains = PodView.mains(pod).stream()
                .mapToLong(c -> amount.applyAsLong(of(c)))
                .sum();
        long sidecars = 0;
        long inits = 0;
        for (Container init : PodView.inits(pod)) {
            long one = amount.applyAsLong(of(init));
            if (PodView.isSidecar(init)) {
                sidecars += one;
                inits = Math.max(inits, sidecars);
            } else {
                inits = Math.max(inits, sidecars + one);
            }
        }
        return Math.max(mains + sidecars, inits) + overhead;
    }

    private static ResourceRequirements requesting(Map<String, Quantity> amounts) {
        ResourceRequirements out = new ResourceRequirements();
        out.setRequests(amounts);
        return out;
    }

    private static Quantity asked(ResourceRequirements r, String name) {
        Quantity request = PodView.orEmpty(r.getRequests()).get(name);
        return request != null ? request : limits(r).get(name);
    }

    private static ResourceRequirements of(Container container) {
        return container.getResources() == null ? new ResourceRequirements() : container.getResources();
    }

    private static Map<String, Quantity> limits(ResourceRequirements r) {
        return PodView.orEmpty(r.getLimits());
    }
}
