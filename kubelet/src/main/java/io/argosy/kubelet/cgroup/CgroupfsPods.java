package io.argosy.kubelet.cgroup;

import io.argosy.kubelet.container.ContainerResources;
import io.argosy.kubelet.cri.v1.LinuxContainerResources;
import io.argosy.kubelet.pod.QosClass;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Control groups of pods, made by writing to the kernel's files: {@code kubepods} with the guaranteed pods, and below it
 * {@code burstable} and {@code besteffort}.
 */
public final class CgroupfsPods implements PodCgroups {

    /**
     * What holds for all.
     *
     * @param root of everything, {@code /} as a rule
     * @param perQos whether there is a hierarchy at all; without it pods lie under the root
     * @param systemd whether names are those of slices
     * @param pidsLimit for each pod, -1 for none
     */
    public record Rules(
            String root, boolean perQos, boolean systemd, boolean enforceCpu, Duration cpuPeriod, long pidsLimit) {}

    private final CgroupFiles files;
    private final Rules rules;
    private final CgroupName top;

    public CgroupfsPods(CgroupFiles files, Rules rules) {
        this.files = files;
        this.rules = rules;
        this.top = CgroupName.root(rules.root()).child("kubepods");
    }

    /**
     * Makes the groups of the classes.
     *
     * @param milliCpu and {@code memory}: what all pods together may use
     */
    public void prepare(long milliCpu, long memory) throws IOException {
        if (!rules.perQos()) {
            return;
        }
        files.create(path(top));
        shares(path(top), ContainerResources.shares(milliCpu));
        if (memory > 0) {
            memoryLimit(path(top), memory);
        }
        files.create(path(top.ofClass(QosClass.BURSTABLE)));
        files.create(path(top.ofClass(QosClass.BEST_EFFORT)));
        shares(path(top.ofClass(QosClass.BEST_EFFORT)), ContainerResources.LEAST_SHARES);
    }

    /** Weighs the burstable class by what its pods ask for. */
    public void reweigh(List<Pod> pods) throws IOException {
        if (!rules.perQos()) {
            return;
        }
        long milli = 0;
        for (Pod pod : pods) {
            if (QosClass.of(pod) == QosClass.BURSTABLE) {
                milli += PodLimits.of(pod).milliCpu();
            }
        }
        shares(path(top.ofClass(QosClass.BURSTABLE)), ContainerResources.shares(milli));
    }

    @Override
    public void ensure(Pod pod) throws IOException {
        if (!rules.perQos()) {
            return;
        }
        String group = path(top.ofPod(pod));
        files.create(group);
        PodLimits limits = PodLimits.of(pod);
        shares(group, ContainerResources.shares(limits.milliCpu()));
        if (rules.enforceCpu() && limits.milliCpuLimit().isPresent()) {
            long period = rules.cpuPeriod().toNanos() / 1000;
            quota(group, ContainerResources.quota(limits.milliCpuLimit().get(), period), period);
        }
        if (limits.memoryLimit().isPresent()) {
            memoryLimit(group, limits.memoryLimit().get());
        }
        if (rules.pidsLimit() > 0) {
            files.set("pids", group, "pids.max", Long.toString(rules.pidsLimit()));
        }
    }

    @Override
    public String parent(Pod pod) {
        if (!rules.perQos()) {
            return rules.root().equals("/") ? "" : rules.root();
        }
        CgroupName name = top.ofPod(pod);
        return rules.systemd() ? name.asSlice() : name.asPath();
    }

    @Override
    public LinuxContainerResources sandboxResources(Pod pod) {
        PodLimits limits = PodLimits.of(pod);
        LinuxContainerResources.Builder out = LinuxContainerResources.newBuilder();
        out.setCpuShares(ContainerResources.shares(limits.milliCpu()));
        long period = rules.cpuPeriod().toNanos() / 1000;
        if (rules.enforceCpu()) {
            out.setCpuPeriod(period);
            limits.milliCpuLimit().ifPresent(m -> out.setCpuQuota(ContainerResources.quota(m, period)));
        }
        limits.memoryLimit().ifPresent(out::setMemoryLimitInBytes);
        return out.build();
    }

    @Override
    public void remove(Pod pod) throws IOException {
        if (rules.perQos()) {
            files.remove(path(top.ofPod(pod)));
        }
    }

    /** The pod's group in a hierarchy, for reading figures. */
    public String group(Pod pod) {
        return path(top.ofPod(pod));
    }

    /** The group of all pods. */
    public String allPods() {
        return path(top);
    }

    /** Uids of the pods that have a group. */
    public List<String> known() throws IOException {
        List<String> out = new ArrayList<>();
        for (QosClass qos : QosClass.values()) {
            java.nio.file.Path directory = files.directory("memory", path(top.ofClass(qos)));
            if (!java.nio.file.Files.isDirectory(directory)) {
                continue;
            }
            try (var entries = java.nio.file.Files.list(directory)) {
                entries.map(p -> p.getFileName().toString())
                        .filter(n -> n.startsWith("pod"))
                        .map(n -> n.substring("pod".length()))
                        .forEach(out::add);
            }
        }
        return out;
    }

    private String path(CgroupName name) {
        return rules.systemd() ? name.slicePath() : name.asPath();
    }

    private void shares(String group, long shares) throws IOException {
        if (files.unified()) {
            files.set("cpu", group, "cpu.weight", Long.toString(weight(shares)));
        } else {
            files.set("cpu", group, "cpu.shares", Long.toString(shares));
        }
    }

    /** Shares of version 1 (2 to 262144) as a weight of version 2 (1 to 10000), with 1024 becoming 100. */
    static long weight(long shares) {
        if (shares <= ContainerResources.LEAST_SHARES) {
            return 1;
        }
        if (shares >= ContainerResources.MOST_SHARES) {
            return 10_000;
        }
        double log = Math.log((double) shares) / Math.log(2);
        double exponent = (log * log + 125 * log) / 612.0 - 7.0 / 34.0;
        return (long) Math.ceil(Math.pow(10, exponent));
    }

    private void quota(String group, long quota, long period) throws IOException {
        if (files.unified()) {
            files.set("cpu", group, "cpu.max", (quota > 0 ? quota : "max") + " " + period);
        } else {
            files.set("cpu", group, "cpu.cfs_period_us", Long.toString(period));
            files.set("cpu", group, "cpu.cfs_quota_us", Long.toString(quota > 0 ? quota : -1));
        }
    }

    private void memoryLimit(String group, long bytes) throws IOException {
        if (bytes > 0) {
            files.set("memory", group, files.unified() ? "memory.max" : "memory.limit_in_bytes", Long.toString(bytes));
        }
    }
}
