package io.argosy.kubelet.server;

import io.argosy.daemon.clock.Clock;
import io.argosy.kubelet.cgroup.CgroupFiles;
import io.argosy.kubelet.cri.ContainerRuntime;
import io.argosy.kubelet.cri.Labels;
import io.argosy.kubelet.cri.v1.ContainerStats;
import io.argosy.kubelet.cri.v1.FilesystemUsage;
import io.argosy.kubelet.pod.PodView;
import io.argosy.kubelet.pod.PodWorkers;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the node and its containers use, as {@code /stats/summary} and as metrics. Read anew for each answer. */
final class Figures {

    private record Cpu(long nanos, long at) {}

    private final ContainerRuntime runtime;
    private final PodWorkers pods;
    private final CgroupFiles cgroups;
    private final Path root;
    private final String node;
    private final Instant started;
    private final Clock clock;
    private final Map<String, Cpu> before = new ConcurrentHashMap<>();

    Figures(ContainerRuntime runtime, PodWorkers pods, CgroupFiles cgroups, Path root, String node, Clock clock) {
        this.runtime = runtime;
        this.pods = pods;
        this.cgroups = cgroups;
        this.root = root;
        this.node = node;
        this.started = clock.instant();
        this.clock = clock;
    }

    Map<String, Object> summary() throws IOException {
        Map<String, List<ContainerStats>> byPod = byPod();
        List<Object> podStats = new ArrayList<>();
        for (Pod pod : pods.pods()) {
            podStats.add(pod(pod, byPod.getOrDefault(PodView.uid(pod), List.of())));
        }
        before.keySet().retainAll(alive(byPod));
        Map<String, Object> nodeStats = new LinkedHashMap<>();
        nodeStats.put("nodeName", node);
        nodeStats.put("startTime", started.truncatedTo(ChronoUnit.SECONDS).toString());
        nodeStats.put("cpu", nodeCpu());
        nodeStats.put("memory", nodeMemory());
        nodeStats.put("fs", disk(root));
        nodeStats.put("runtime", Map.of("imageFs", imageDisk()));
        return ordered("node", nodeStats, "pods", podStats);
    }

    private static java.util.Set<String> alive(Map<String, List<ContainerStats>> byPod) {
        java.util.Set<String> ids = new java.util.HashSet<>();
        byPod.values().forEach(l -> l.forEach(c -> ids.add(c.getAttributes().getId())));
        ids.add("node");
        return ids;
    }

    private Map<String, List<ContainerStats>> byPod() {
        Map<String, List<ContainerStats>> out = new LinkedHashMap<>();
        for (ContainerStats stats : runtime.listContainerStats()) {
            String uid = stats.getAttributes().getLabelsMap().getOrDefault(Labels.POD_UID, "");
            if (!uid.isEmpty()) {
                out.computeIfAbsent(uid, k -> new ArrayList<>()).add(stats);
            }
        }
        return out;
    }

    private Map<String, Object> pod(Pod pod, List<ContainerStats> stats) {
        List<Object> containers = new ArrayList<>();
        long cpu = 0;
        long rate = 0;
        long memory = 0;
        for (ContainerStats s : stats) {
            Map<String, Object> one = container(s);
            containers.add(one);
            cpu += s.getCpu().getUsageCoreNanoSeconds().getValue();
            rate += (Long) ((Map<?, ?>) one.get("cpu")).get("usageNanoCores");
            memory += s.getMemory().getWorkingSetBytes().getValue();
        }
        String now = now();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put(
                "podRef",
                ordered(
                        "name",
                        pod.getMetadata().getName(),
                        "namespace",
                        pod.getMetadata().getNamespace(),
                        "uid",
                        PodView.uid(pod)));
        out.put(
                "startTime",
                Optional.ofNullable(pod.getMetadata().getCreationTimestamp()).orElse(now));
        out.put("containers", containers);
        out.put("cpu", ordered("time", now, "usageNanoCores", rate, "usageCoreNanoSeconds", cpu));
        out.put("memory", ordered("time", now, "workingSetBytes", memory));
        return out;
    }

    private Map<String, Object> container(ContainerStats stats) {
        String at = Instant.ofEpochSecond(0, stats.getCpu().getTimestamp())
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
        long nanos = stats.getCpu().getUsageCoreNanoSeconds().getValue();
        long rate = stats.getCpu().hasUsageNanoCores()
                ? stats.getCpu().getUsageNanoCores().getValue()
                : rate(stats.getAttributes().getId(), nanos, stats.getCpu().getTimestamp());
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("name", stats.getAttributes().getMetadata().getName());
        out.put("startTime", at);
        out.put("cpu", ordered("time", at, "usageNanoCores", rate, "usageCoreNanoSeconds", nanos));
        Map<String, Object> memory = new LinkedHashMap<>();
        memory.put("time", at);
        memory.put("workingSetBytes", stats.getMemory().getWorkingSetBytes().getValue());
        if (stats.getMemory().hasUsageBytes()) {
            memory.put("usageBytes", stats.getMemory().getUsageBytes().getValue());
        }
        if (stats.getMemory().hasRssBytes()) {
            memory.put("rssBytes", stats.getMemory().getRssBytes().getValue());
        }
        out.put("memory", memory);
        out.put(
                "rootfs",
                ordered(
                        "time",
                        at,
                        "usedBytes",
                        stats.getWritableLayer().getUsedBytes().getValue(),
                        "inodesUsed",
                        stats.getWritableLayer().getInodesUsed().getValue()));
        return out;
    }

    /** Nanoseconds of cpu per second since the last reading. */
    private long rate(String id, long nanos, long at) {
        Cpu last = before.put(id, new Cpu(nanos, at));
        if (last == null || at <= last.at() || nanos < last.nanos()) {
            return 0;
        }
        return (long) ((nanos - last.nanos()) * 1e9 / (at - last.at()));
    }

    private Map<String, Object> nodeCpu() {
        long nanos = nodeCpuNanos();
        long rate = rate("node", nanos, clock.nanoTime());
        return ordered("time", now(), "usageNanoCores", rate, "usageCoreNanoSeconds", nanos);
    }

    private long nodeCpuNanos() {
        if (cgroups.unified()) {
            return cgroups.read("cpu", "/", "cpu.stat").stream()
                    .flatMap(String::lines)
                    .filter(l -> l.startsWith("usage_usec "))
                    .mapToLong(l -> Long.parseLong(l.substring("usage_usec ".length())) * 1000)
                    .findFirst()
                    .orElse(0);
        }
        return cgroups.read("cpuacct", "/", "cpuacct.usage")
                .map(Long::parseLong)
                .orElse(0L);
    }

    private Map<String, Object> nodeMemory() throws IOException {
        Map<String, Long> info = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
            info.put(line.substring(0, line.indexOf(':')), Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024);
        }
        long total = info.getOrDefault("MemTotal", 0L);
        long available = info.getOrDefault("MemAvailable", 0L);
        return ordered(
                "time",
                now(),
                "availableBytes",
                available,
                "usageBytes",
                total - info.getOrDefault("MemFree", 0L),
                "workingSetBytes",
                total - available,
                "rssBytes",
                info.getOrDefault("AnonPages", 0L));
    }

    private Map<String, Object> disk(Path path) throws IOException {
        FileStore store = Files.getFileStore(path);
        return ordered(
                "time",
                now(),
                "availableBytes",
                store.getUsableSpace(),
                "capacityBytes",
                store.getTotalSpace(),
                "usedBytes",
                store.getTotalSpace() - store.getUnallocatedSpace());
    }

    private Map<String, Object> imageDisk() throws IOException {
        for (FilesystemUsage usage : runtime.imageFilesystems()) {
            Path mount = Path.of(usage.getFsId().getMountpoint());
            if (Files.exists(mount)) {
                Map<String, Object> out = disk(mount);
                out.put("usedBytes", usage.getUsedBytes().getValue());
                out.put("inodesUsed", usage.getInodesUsed().getValue());
                return out;
            }
        }
        return Map.of();
    }

    /** {@code /metrics/resource}. */
    String resource() throws IOException {
        StringBuilder cpu = new StringBuilder();
        StringBuilder memory = new StringBuilder();
        Map<String, double[]> sums = new LinkedHashMap<>();
        for (List<ContainerStats> stats : byPod().values()) {
            for (ContainerStats s : stats) {
                Map<String, String> labels = s.getAttributes().getLabelsMap();
                String pod = "namespace=\"" + labels.get(Labels.POD_NAMESPACE) + "\",pod=\""
                        + labels.get(Labels.POD_NAME) + "\"";
                String of = "{container=\"" + s.getAttributes().getMetadata().getName() + "\"," + pod + "} ";
                double seconds = s.getCpu().getUsageCoreNanoSeconds().getValue() / 1e9;
                long bytes = s.getMemory().getWorkingSetBytes().getValue();
                cpu.append("container_cpu_usage_seconds_total")
                        .append(of)
                        .append(seconds)
                        .append('\n');
                memory.append("container_memory_working_set_bytes")
                        .append(of)
                        .append(bytes)
                        .append('\n');
                double[] sum = sums.computeIfAbsent(pod, k -> new double[2]);
                sum[0] += seconds;
                sum[1] += bytes;
            }
        }
        StringBuilder out = new StringBuilder();
        metric(
                out,
                "container_cpu_usage_seconds_total",
                "counter",
                "[STABLE] Cumulative cpu time consumed by the container in core-seconds",
                cpu);
        metric(
                out,
                "container_memory_working_set_bytes",
                "gauge",
                "[STABLE] Current working set of the container in bytes",
                memory);
        metric(
                out,
                "node_cpu_usage_seconds_total",
                "counter",
                "[STABLE] Cumulative cpu time consumed by the node in core-seconds",
                new StringBuilder("node_cpu_usage_seconds_total " + nodeCpuNanos() / 1e9 + "\n"));
        metric(
                out,
                "node_memory_working_set_bytes",
                "gauge",
                "[STABLE] Current working set of the node in bytes",
                new StringBuilder(
                        "node_memory_working_set_bytes " + nodeMemory().get("workingSetBytes") + "\n"));
        StringBuilder podCpu = new StringBuilder();
        StringBuilder podMemory = new StringBuilder();
        sums.forEach((pod, sum) -> {
            podCpu.append("pod_cpu_usage_seconds_total{")
                    .append(pod)
                    .append("} ")
                    .append(sum[0])
                    .append('\n');
            podMemory
                    .append("pod_memory_working_set_bytes{")
                    .append(pod)
                    .append("} ")
                    .append(String.format(Locale.ROOT, "%.0f", sum[1]))
                    .append('\n');
        });
        metric(
                out,
                "pod_cpu_usage_seconds_total",
                "counter",
                "[STABLE] Cumulative cpu time consumed by the pod in core-seconds",
                podCpu);
        metric(
                out,
                "pod_memory_working_set_bytes",
                "gauge",
                "[STABLE] Current working set of the pod in bytes",
                podMemory);
        metric(
                out,
                "resource_scrape_error",
                "gauge",
                "[STABLE] 1 if there was an error while getting container metrics, 0 otherwise",
                new StringBuilder("resource_scrape_error 0\n"));
        return out.toString();
    }

    /** {@code /metrics/cadvisor}: what dashboards ask for of each container. */
    String containers() {
        StringBuilder cpu = new StringBuilder();
        StringBuilder working = new StringBuilder();
        StringBuilder usage = new StringBuilder();
        StringBuilder rss = new StringBuilder();
        StringBuilder disk = new StringBuilder();
        for (List<ContainerStats> stats : byPod().values()) {
            for (ContainerStats s : stats) {
                Map<String, String> labels = s.getAttributes().getLabelsMap();
                String of = "{container=\"" + s.getAttributes().getMetadata().getName() + "\",id=\""
                        + s.getAttributes().getId() + "\",namespace=\"" + labels.get(Labels.POD_NAMESPACE)
                        + "\",pod=\"" + labels.get(Labels.POD_NAME) + "\"} ";
                cpu.append("container_cpu_usage_seconds_total")
                        .append(of)
                        .append(s.getCpu().getUsageCoreNanoSeconds().getValue() / 1e9)
                        .append('\n');
                working.append("container_memory_working_set_bytes")
                        .append(of)
                        .append(s.getMemory().getWorkingSetBytes().getValue())
                        .append('\n');
                usage.append("container_memory_usage_bytes")
                        .append(of)
                        .append(s.getMemory().getUsageBytes().getValue())
                        .append('\n');
                rss.append("container_memory_rss")
                        .append(of)
                        .append(s.getMemory().getRssBytes().getValue())
                        .append('\n');
                disk.append("container_fs_usage_bytes")
                        .append(of)
                        .append(s.getWritableLayer().getUsedBytes().getValue())
                        .append('\n');
            }
        }
        StringBuilder out = new StringBuilder();
        metric(out, "container_cpu_usage_seconds_total", "counter", "Cumulative cpu time consumed in seconds.", cpu);
        metric(
                out,
                "container_fs_usage_bytes",
                "gauge",
                "Number of bytes that are consumed by the container on this filesystem.",
                disk);
        metric(out, "container_memory_rss", "gauge", "Size of RSS in bytes.", rss);
        metric(
                out,
                "container_memory_usage_bytes",
                "gauge",
                "Current memory usage in bytes, including all memory regardless of when it was accessed",
                usage);
        metric(out, "container_memory_working_set_bytes", "gauge", "Current working set in bytes.", working);
        return out.toString();
    }

    private static void metric(StringBuilder out, String name, String type, String help, StringBuilder lines) {
        if (!lines.isEmpty()) {
            out.append("# HELP ")
                    .append(name)
                    .append(' ')
                    .append(help)
                    .append("\n# TYPE ")
                    .append(name)
                    .append(' ')
                    .append(type)
                    .append('\n')
                    .append(lines);
        }
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> out = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            out.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return out;
    }
}
