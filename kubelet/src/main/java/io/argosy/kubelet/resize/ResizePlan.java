package io.argosy.kubelet.resize;

import io.argosy.kubelet.pod.ObservedContainer;
import io.argosy.kubelet.pod.ObservedPod;
import io.argosy.kubelet.pod.PodView;
import io.argosy.kubelet.resize.Resources.Amounts;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has to be done until the containers that run have what their pod was granted.
 *
 * @param updates containers that get other limits as they run; those that shrink come first
 * @param restarts names of containers that have to start anew, as their resize policy says
 * @param pod whether the resources of the pod as a whole differ
 */
public record ResizePlan(List<Update> updates, Set<String> restarts, boolean pod) {

    /**
     * @param lowersMemory to what the memory limit goes down; zero when it does not
     */
    public record Update(Container container, String id, long lowersMemory) {}

    public ResizePlan {
        updates = List.copyOf(updates);
        restarts = Set.copyOf(restarts);
    }

    public boolean isNothing() {
        return updates.isEmpty() && restarts.isEmpty() && !pod;
    }

    /** Pure. {@code actuated} is what the containers were given last; a container that is missing there has it all. */
    static ResizePlan of(Pod granted, ObservedPod observed, Map<String, ResourceRequirements> actuated) {
        List<Update> updates = new ArrayList<>();
        Set<String> restarts = new HashSet<>();
        List<Container> containers = new ArrayList<>(
                PodView.inits(granted).stream().filter(PodView::isSidecar).toList());
        containers.addAll(PodView.mains(granted));
        for (Container container : containers) {
            ResourceRequirements last = actuated.get(container.getName());
            ObservedContainer seen = observed.newest(container.getName())
                    .filter(ObservedContainer::running)
                    .orElse(null);
            if (last == null || seen == null) {
                continue;
            }
            Amounts has = Amounts.of(last);
            Amounts gets = Amounts.of(Resources.of(container));
            if (has.equals(gets)) {
                continue;
            }
            if ((!has.sameCpu(gets) && restarts(container, "cpu"))
                    || (!has.sameMemory(gets) && restarts(container, "memory"))) {
                restarts.add(container.getName());
                continue;
            }
            boolean lowers =
                    gets.memoryLimit() > 0 && (has.memoryLimit() == 0 || gets.memoryLimit() < has.memoryLimit());
            Update update = new Update(container, seen.id(), lowers ? gets.memoryLimit() : 0);
            boolean shrinks = gets.cpuLimit() < has.cpuLimit() || lowers;
            updates.add(shrinks ? 0 : updates.size(), update);
        }
        ResourceRequirements whole = granted.getSpec().getResources();
        ResourceRequirements before = actuated.get(Resources.POD);
        boolean pod = whole != null && before != null && !Amounts.of(whole).equals(Amounts.of(before));
        return new ResizePlan(updates, restarts, pod);
    }

    private static boolean restarts(Container container, String resource) {
        return PodView.orEmpty(container.getResizePolicy()).stream()
                .anyMatch(p -> resource.equals(p.getResourceName()) && "RestartContainer".equals(p.getRestartPolicy()));
    }
}
