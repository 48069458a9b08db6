package io.argosy.kubelet.container;

import io.argosy.kubelet.cri.v1.HugepageLimit;
import io.argosy.kubelet.cri.v1.LinuxContainerResources;
import io.argosy.kubelet.pod.PodView;
import io.argosy.kubelet.pod.QosClass;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;

/** Requests and limits in the kernel's units. Pure. */
public final class ContainerResources {

    public static final long LEAST_SHARES = 2;
    public static final long MOST_SHARES = 262_144;
    // The kernel takes no quota below one millisecond.
    public static final long LEAST_QUOTA = 1_000;

    /**
     * What a node makes of them.
     *
     * @param memoryBytes the node's memory
     * @param enforceCpu whether cpu limits become quotas
     */
    public record NodeRules(long memoryBytes, boolean enforceCpu, Duration cpuPeriod, boolean unified) {}

    private ContainerResources() {}

    public static LinuxContainerResources of(Pod pod, Container container, NodeRules rules) {
        Map<String, Quantity> requests = container.getResources() == null
                ? Map.of()
                : PodView.orEmpty(container.getResources().getRequests());
        Map<String, Quantity> limits = container.getResources() == null
                ? Map.of()
                : PodView.orEmpty(container.getResources().getLimits());
        LinuxContainerResources.Builder out = LinuxContainerResources.newBuilder();
        long limitMilli = milli(limits.get("cpu"));
        long requestMilli = requests.containsKey("cpu") ? milli(requests.get("cpu")) : limitMilli;
        out.setCpuShares(shares(requestMilli));
        out.setMemoryLimitInBytes(bytes(limits.get("memory")));
        out.setOomScoreAdj(oomScore(pod, container, rules.memoryBytes()));
        if (rules.enforceCpu()) {
            long period = rules.cpuPeriod().toNanos() / 1000;
            out.setCpuPeriod(period);
            if (limitMilli > 0) {
                out.setCpuQuota(quota(limitMilli, period));
            }
        }
        limits.forEach((name, amount) -> {
            if (name.startsWith("hugepages-")) {
                out.addHugepageLimits(HugepageLimit.newBuilder()
                        .setPageSize(pageSize(name.substring("hugepages-".length())))
                        .setLimit(bytes(amount)));
            }
        });
        if (rules.unified()) {
            out.putUnified("memory.oom.group", "1");
            if (out.getMemoryLimitInBytes() > 0) {
                // No swap: the sum of memory and swap is the memory.
                out.setMemorySwapLimitInBytes(out.getMemoryLimitInBytes());
            }
        }
        return out.build();
    }

    /** The kernel's preference for killing: the less it asked for, the more. */
    static int oomScore(Pod pod, Container container, long nodeMemory) {
        if (PodView.isCritical(pod)) {
            return -997;
        }
        return switch (QosClass.of(pod)) {
            case GUARANTEED -> -997;
            case BEST_EFFORT -> 1000;
            case BURSTABLE -> {
                long request = container.getResources() == null
                        ? 0
                        : bytes(PodView.orEmpty(container.getResources().getRequests())
                                .get("memory"));
                long score = 1000 - (nodeMemory == 0 ? 0 : 1000 * request / nodeMemory);
                yield Math.clamp(score, 3, 999);
            }
        };
    }

    public static long shares(long milliCpu) {
        return milliCpu == 0 ? LEAST_SHARES : Math.clamp(milliCpu * 1024 / 1000, LEAST_SHARES, MOST_SHARES);
    }

    public static long quota(long milliCpu, long periodMicros) {
        return milliCpu == 0 ? 0 : Math.max(milliCpu * periodMicros / 1000, LEAST_QUOTA);
    }

    public static long milli(Quantity quantity) {
        return quantity == null
                ? 0
                : quantity.getNumericalAmount()
                        .multiply(BigDecimal.valueOf(1000))
                        .setScale(0, RoundingMode.CEILING)
                        .longValue();
    }

    public static long bytes(Quantity quantity) {
        return quantity == null
                ? 0
                : quantity.getNumericalAmount()
                        .setScale(0, RoundingMode.CEILING)
                        .longValue();
    }

    // hugepages-2Mi is the cgroup's 2MB.
    private static String pageSize(String size) {
        return size.endsWith("i") ? size.substring(0, size.length() - 1) + "B" : size;
    }
}
