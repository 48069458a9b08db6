package io.argosy.kubelet.resize;

import io.argosy.client.request.ObjectJson;
import io.argosy.kubelet.container.ContainerResources;
import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/** The resources of a pod that can change while it runs, by container; the pod's own stand under the empty name. */
final class Resources {

    static final String POD = "";

    private Resources() {}

    /** The amounts of a pod, in the kernel's units, so that 1 and 1000m are the same. */
    static Map<String, Amounts> of(Pod pod) {
        Map<String, Amounts> out = new HashMap<>();
        required(pod).forEach((name, resources) -> out.put(name, Amounts.of(resources)));
        return out;
    }

    /** Of main containers and sidecars: no other can change. */
    static Map<String, ResourceRequirements> required(Pod pod) {
        Map<String, ResourceRequirements> out = new LinkedHashMap<>();
        if (pod.getSpec().getResources() != null) {
            out.put(POD, pod.getSpec().getResources());
        }
        PodView.inits(pod).stream().filter(PodView::isSidecar).forEach(c -> out.put(c.getName(), of(c)));
        PodView.mains(pod).forEach(c -> out.put(c.getName(), of(c)));
        return out;
    }

    static ResourceRequirements of(Container container) {
        return container.getResources() == null ? new ResourceRequirements() : container.getResources();
    }

    /** A copy of the pod in which each container has the resources that the function gives for its own. */
    static Pod replaced(Pod pod, BiFunction<String, ResourceRequirements, ResourceRequirements> resources) {
        Pod copy = ObjectJson.copy(pod);
        if (copy.getSpec().getResources() != null) {
            copy.getSpec().setResources(resources.apply(POD, copy.getSpec().getResources()));
        }
        PodView.inits(copy).stream()
                .filter(PodView::isSidecar)
                .forEach(c -> c.setResources(resources.apply(c.getName(), of(c))));
        PodView.mains(copy).forEach(c -> c.setResources(resources.apply(c.getName(), of(c))));
        return copy;
    }

    /** The larger of each amount; a limit that one of the two lacks is none. */
    static ResourceRequirements widest(ResourceRequirements a, ResourceRequirements b) {
        ResourceRequirements out = ObjectJson.copy(a);
        Map<String, Quantity> requests = new LinkedHashMap<>(PodView.orEmpty(a.getRequests()));
        PodView.orEmpty(b.getRequests()).forEach((name, amount) -> requests.merge(name, amount, Resources::larger));
        Map<String, Quantity> limits = new LinkedHashMap<>();
        PodView.orEmpty(a.getLimits()).forEach((name, amount) -> {
            Quantity other = PodView.orEmpty(b.getLimits()).get(name);
            if (other != null) {
                limits.put(name, larger(amount, other));
            }
        });
        out.setRequests(requests);
        out.setLimits(limits);
        return out;
    }

    private static Quantity larger(Quantity a, Quantity b) {
        return a.getNumericalAmount().compareTo(b.getNumericalAmount()) >= 0 ? a : b;
    }

    /** What the kernel is told of a container's cpu and memory; zero is none. */
    record Amounts(long cpuRequest, long cpuLimit, long memoryRequest, long memoryLimit) {

        static Amounts of(ResourceRequirements resources) {
            Map<String, Quantity> requests = PodView.orEmpty(resources.getRequests());
            Map<String, Quantity> limits = PodView.orEmpty(resources.getLimits());
            return new Amounts(
                    ContainerResources.milli(requests.get("cpu")),
                    ContainerResources.milli(limits.get("cpu")),
                    ContainerResources.bytes(requests.get("memory")),
                    ContainerResources.bytes(limits.get("memory")));
        }

        boolean sameCpu(Amounts other) {
            return cpuRequest == other.cpuRequest && cpuLimit == other.cpuLimit;
        }

        boolean sameMemory(Amounts other) {
            return memoryRequest == other.memoryRequest && memoryLimit == other.memoryLimit;
        }
    }
}
