package io.argosy.kubelet.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that an operator can say, with defaults filled in.
 *
 * @param tree the effective KubeletConfiguration, as {@code /configz} shows it
 */
public record KubeletConfig(
        Identity identity,
        Paths paths,
        Serving serving,
        Authentication authentication,
        RuntimeAccess runtime,
        Reporting reporting,
        Dns dns,
        Cgroups cgroups,
        Images images,
        Logs logs,
        Resources resources,
        Eviction eviction,
        Shutdown shutdown,
        Map<String, Object> tree) {

    /** Who this node is. */
    public record Identity(
            String nodeName,
            Optional<String> nodeIp,
            Map<String, String> labels,
            List<String> taints,
            String providerId,
            boolean register,
            String cloudProvider) {}

    /**
     * Files and directories.
     *
     * @param renewCertificate whether to ask for a new client certificate before that in {@code certificates} ends
     */
    public record Paths(
            Path root,
            Path podLogs,
            Optional<Path> staticPods,
            Optional<Path> kubeconfig,
            Optional<Path> bootstrapKubeconfig,
            Path certificates,
            boolean renewCertificate,
            Duration fileCheck) {}

    /** The server. */
    public record Serving(
            boolean enabled,
            String address,
            int port,
            String healthAddress,
            int healthPort,
            Optional<Path> certificate,
            Optional<Path> key,
            List<String> cipherSuites,
            String oldestProtocol,
            boolean debugging,
            Duration streamIdle,
            boolean certificateFromApi) {}

    /** Who may ask it. */
    public record Authentication(
            boolean anonymous,
            Optional<Path> clientAuthorities,
            boolean tokens,
            Duration tokenTtl,
            boolean alwaysAllow,
            Duration allowedTtl,
            Duration deniedTtl) {}

    /**
     * The container runtime, and this process beside it.
     *
     * @param oomScoreAdj how willingly the kernel ends the kubelet when memory is short, -1000 to 1000
     */
    public record RuntimeAccess(
            String endpoint,
            String imageEndpoint,
            Duration timeout,
            Duration syncPeriod,
            int oomScoreAdj,
            Duration mostRestartDelay) {}

    /** What the API hears. */
    public record Reporting(
            Duration statusPeriod, Duration reportPeriod, int leaseSeconds, double qps, int burst, int mostImages) {}

    /** Names. */
    public record Dns(List<String> servers, String domain, String resolvConf) {}

    /**
     * Control groups.
     *
     * @param keepKernelSettings refuse to start on a kernel whose settings are not what Kubernetes asks for
     */
    public record Cgroups(
            String driver,
            String root,
            boolean perQos,
            boolean failOnVersion1,
            boolean quota,
            Duration quotaPeriod,
            long pidsLimit,
            boolean failOnSwap,
            boolean enforcePods,
            boolean seccompByDefault,
            boolean keepKernelSettings) {}

    /** Images. */
    public record Images(int parallelPulls, int gcHigh, int gcLow, Duration leastAge, Duration mostAge) {}

    /** Container logs. */
    public record Logs(long mostBytes, int mostFiles, Duration period) {}

    /** What the node has and keeps to itself. */
    public record Resources(
            int maxPods,
            int podsPerCore,
            Map<String, String> systemReserved,
            Map<String, String> kubeReserved,
            List<String> unsafeSysctls) {}

    /** Thresholds. */
    public record Eviction(
            Map<String, String> hard,
            Map<String, String> soft,
            Map<String, String> softGrace,
            int mostPodGrace,
            Duration transition) {}

    /** Graceful shutdown of the node. */
    public record Shutdown(Duration grace, Duration criticalGrace) {}
}
