package io.argosy.scheduler.columns;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pod asks of its node: the sum of its containers and sidecars or the largest step of its initialisation,
 * whichever is more; what the pod as a whole asks takes the place of that for the resources it names; its overhead comes
 * on top. While a container is being resized, the most of what is wanted, promised and used counts.
 */
final class PodRequests {

    private static final long UNSET_CPU_MILLIS = 100;
    private static final long UNSET_MEMORY = 200L * 1024 * 1024;

    private final ResourceIds ids;
    private final boolean fillUnset;

    /** @param fillUnset whether containers that ask for no cpu or memory count with a small amount */
    PodRequests(ResourceIds ids, boolean fillUnset) {
        this.ids = ids;
        this.fillUnset = fillUnset;
    }

    long[] of(Pod pod) {
        PodSpec spec = pod.getSpec();
        Map<String, ContainerStatus> statuses = statuses(pod);
        boolean infeasible = resizeIsInfeasible(pod);
        long[] total = Amounts.NONE;
        for (Container container : Selectors.orEmpty(spec.getContainers())) {
            total = Amounts.plus(total, container(container, statuses, infeasible));
        }
        long[] sidecars = Amounts.NONE;
        long[] initialisation = Amounts.NONE;
        for (Container container : Selectors.orEmpty(spec.getInitContainers())) {
            long[] own = container(container, statuses, infeasible);
            if ("Always".equals(container.getRestartPolicy())) {
                total = Amounts.plus(total, own);
                sidecars = Amounts.plus(sidecars, own);
                own = sidecars;
            } else {
                own = Amounts.plus(own, sidecars);
            }
            initialisation = Amounts.max(initialisation, own);
        }
        total = whole(Amounts.max(total, initialisation), spec.getResources());
        return Amounts.plus(total, Amounts.of(spec.getOverhead(), ids));
    }

    private long[] whole(long[] total, @Nullable ResourceRequirements ofPod) {
        if (ofPod == null || ofPod.getRequests() == null) {
            return total;
        }
        long[] result = total;
        for (var entry : ofPod.getRequests().entrySet()) {
            String name = entry.getKey();
            if (name.equals("cpu") || name.equals("memory") || name.startsWith("hugepages-")) {
                int id = ids.of(name);
                result = Arrays.copyOf(result, Math.max(result.length, id + 1));
                result[id] = Amounts.amount(entry.getValue(), id);
            }
        }
        return result;
    }

    private long[] container(Container container, Map<String, ContainerStatus> statuses, boolean infeasible) {
        ResourceRequirements resources = container.getResources();
        long[] wanted = Amounts.of(resources == null ? null : resources.getRequests(), ids);
        ContainerStatus status = statuses.get(container.getName());
        if (status != null && (status.getResources() != null || status.getAllocatedResources() != null)) {
            long[] promised = Amounts.of(status.getAllocatedResources(), ids);
            long[] used = Amounts.of(
                    status.getResources() == null ? null : status.getResources().getRequests(), ids);
            long[] given = Amounts.max(promised, used);
            wanted = infeasible && given.length > 0 ? given : Amounts.max(wanted, given);
        }
        return fillUnset ? filled(wanted) : wanted;
    }

    private static long[] filled(long[] wanted) {
        long[] all = Arrays.copyOf(wanted, Math.max(wanted.length, ResourceIds.MEMORY + 1));
        all[ResourceIds.CPU] = all[ResourceIds.CPU] == 0 ? UNSET_CPU_MILLIS : all[ResourceIds.CPU];
        all[ResourceIds.MEMORY] = all[ResourceIds.MEMORY] == 0 ? UNSET_MEMORY : all[ResourceIds.MEMORY];
        return all;
    }

    private static Map<String, ContainerStatus> statuses(Pod pod) {
        if (pod.getStatus() == null) {
            return Map.of();
        }
        Map<String, ContainerStatus> byName = new HashMap<>();
        for (List<ContainerStatus> some : List.of(
                Selectors.orEmpty(pod.getStatus().getContainerStatuses()),
                Selectors.orEmpty(pod.getStatus().getInitContainerStatuses()))) {
            some.forEach(status -> byName.put(status.getName(), status));
        }
        return byName;
    }

    private static boolean resizeIsInfeasible(Pod pod) {
        if (pod.getStatus() == null) {
            return false;
        }
        for (PodCondition condition : Selectors.orEmpty(pod.getStatus().getConditions())) {
            if ("PodResizePending".equals(condition.getType())) {
                return "Infeasible".equals(condition.getReason());
            }
        }
        return false;
    }
}
