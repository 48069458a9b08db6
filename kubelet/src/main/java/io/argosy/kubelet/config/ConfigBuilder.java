package io.argosy.kubelet.config;

import io.argosy.daemon.config.ConfigObject;
import io.argosy.daemon.config.Problems;
import io.argosy.daemon.flags.ParsedFlags;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes a {@link KubeletConfig} of a whole KubeletConfiguration and of the flags that are none of its fields. */
final class ConfigBuilder {

    private final KubeletFlags flags;
    private final ParsedFlags parsed;

    ConfigBuilder(KubeletFlags flags, ParsedFlags parsed) {
        this.flags = flags;
        this.parsed = parsed;
    }

    KubeletConfig build(ConfigObject root, Map<String, Object> tree, Problems problems) {
        return new KubeletConfig(
                identity(root, problems),
                paths(root),
                serving(root),
                authentication(root),
                runtime(root),
                reporting(root),
                new KubeletConfig.Dns(
                        root.strings("clusterDNS").orElse(List.of()),
                        root.string("clusterDomain", ""),
                        root.string("resolvConf", "/etc/resolv.conf")),
                cgroups(root),
                images(root),
                logs(root, problems),
                new KubeletConfig.Resources(
                        root.integer("maxPods", 110),
                        root.integer("podsPerCore", 0),
                        root.stringMap("systemReserved").orElse(Map.of()),
                        root.stringMap("kubeReserved").orElse(Map.of()),
                        root.strings("allowedUnsafeSysctls").orElse(List.of())),
                new KubeletConfig.Eviction(
                        root.stringMap("evictionHard").orElse(Map.of()),
                        root.stringMap("evictionSoft").orElse(Map.of()),
                        root.stringMap("evictionSoftGracePeriod").orElse(Map.of()),
                        root.integer("evictionMaxPodGracePeriod", 0),
                        root.duration("evictionPressureTransitionPeriod", Duration.ofMinutes(5))),
                new KubeletConfig.Shutdown(
                        root.duration("shutdownGracePeriod", Duration.ZERO),
                        root.duration("shutdownGracePeriodCriticalPods", Duration.ZERO)),
                tree);
    }

    private KubeletConfig.Identity identity(ConfigObject root, Problems problems) {
        String override = flags.text(parsed, "hostname-override");
        String name = override.isEmpty() ? hostname() : override.strip().toLowerCase(Locale.ROOT);
        problems.require(!name.isEmpty(), "empty hostname is invalid");
        String ip = flags.text(parsed, "node-ip");
        return new KubeletConfig.Identity(
                name,
                ip.isEmpty() ? Optional.empty() : Optional.of(ip),
                flags.pairs(parsed, "node-labels"),
                taints(root),
                root.string("providerID", ""),
                root.bool("registerNode", true),
                flags.text(parsed, "cloud-provider"));
    }

    private List<String> taints(ConfigObject root) {
        List<String> told = new ArrayList<>(root.objects("registerWithTaints").stream()
                .map(taint ->
                        taint.string("key", "") + "=" + taint.string("value", "") + ":" + taint.string("effect", ""))
                .toList());
        List<String> asked = flags.list(parsed, "register-with-taints");
        return asked.isEmpty() ? told : asked;
    }

    private static String hostname() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname"))
                    .strip()
                    .toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            return InetAddress.getLoopbackAddress().getHostName();
        }
    }

    private KubeletConfig.Paths paths(ConfigObject root) {
        return new KubeletConfig.Paths(
                Path.of(flags.text(parsed, "root-dir")),
                Path.of(root.string("podLogsDir", "/var/log/pods")),
                path(root.string("staticPodPath", "")),
                path(flags.text(parsed, "kubeconfig")),
                path(flags.text(parsed, "bootstrap-kubeconfig")),
                Path.of(flags.text(parsed, "cert-dir")),
                root.bool("rotateCertificates", false),
                root.duration("fileCheckFrequency", Duration.ofSeconds(20)));
    }

    private KubeletConfig.Serving serving(ConfigObject root) {
        String oldest = root.string("tlsMinVersion", "");
        return new KubeletConfig.Serving(
                root.bool("enableServer", true),
                root.string("address", "0.0.0.0"),
                root.integer("port", 10250),
                root.string("healthzBindAddress", "127.0.0.1"),
                root.integer("healthzPort", 10248),
                path(root.string("tlsCertFile", "")),
                path(root.string("tlsPrivateKeyFile", "")),
                root.strings("tlsCipherSuites").orElse(List.of()),
                oldest.equals("VersionTLS13") ? "TLSv1.3" : "TLSv1.2",
                root.bool("enableDebuggingHandlers", true),
                root.duration("streamingConnectionIdleTimeout", Duration.ofHours(4)),
                root.bool("serverTLSBootstrap", false));
    }

    private static KubeletConfig.Authentication authentication(ConfigObject root) {
        ConfigObject authentication = root.object("authentication");
        ConfigObject webhook = authentication.object("webhook");
        ConfigObject authorization = root.object("authorization");
        ConfigObject ttl = authorization.object("webhook");
        return new KubeletConfig.Authentication(
                authentication.object("anonymous").bool("enabled", false),
                path(authentication.object("x509").string("clientCAFile", "")),
                webhook.bool("enabled", true),
                webhook.duration("cacheTTL", Duration.ofMinutes(2)),
                authorization.string("mode", "Webhook").equals("AlwaysAllow"),
                ttl.duration("cacheAuthorizedTTL", Duration.ofMinutes(5)),
                ttl.duration("cacheUnauthorizedTTL", Duration.ofSeconds(30)));
    }

    private static KubeletConfig.RuntimeAccess runtime(ConfigObject root) {
        String endpoint = root.string("containerRuntimeEndpoint", "");
        String images = root.string("imageServiceEndpoint", "");
        return new KubeletConfig.RuntimeAccess(
                endpoint,
                images.isEmpty() ? endpoint : images,
                root.duration("runtimeRequestTimeout", Duration.ofMinutes(2)),
                root.duration("syncFrequency", Duration.ofMinutes(1)),
                root.integer("oomScoreAdj", -999),
                root.object("crashLoopBackOff").duration("maxContainerRestartPeriod", Duration.ofMinutes(5)));
    }

    private static KubeletConfig.Reporting reporting(ConfigObject root) {
        return new KubeletConfig.Reporting(
                root.duration("nodeStatusUpdateFrequency", Duration.ofSeconds(10)),
                root.duration("nodeStatusReportFrequency", Duration.ofMinutes(5)),
                root.integer("nodeLeaseDurationSeconds", 40),
                root.decimal("kubeAPIQPS", 50),
                root.integer("kubeAPIBurst", 100),
                root.integer("nodeStatusMaxImages", 50));
    }

    private static KubeletConfig.Cgroups cgroups(ConfigObject root) {
        String driver = root.string("cgroupDriver", "cgroupfs");
        String cgroupRoot = root.string("cgroupRoot", "");
        return new KubeletConfig.Cgroups(
                driver,
                cgroupRoot.isEmpty() ? "/" : cgroupRoot,
                root.bool("cgroupsPerQOS", true),
                root.bool("failCgroupV1", true),
                root.bool("cpuCFSQuota", true),
                root.duration("cpuCFSQuotaPeriod", Duration.ofMillis(100)),
                root.int64("podPidsLimit").orElse(-1L),
                root.bool("failSwapOn", true),
                root.strings("enforceNodeAllocatable").orElse(List.of()).contains("pods"),
                root.bool("seccompDefault", false),
                root.bool("protectKernelDefaults", false));
    }

    private static KubeletConfig.Images images(ConfigObject root) {
        boolean serial = root.bool("serializeImagePulls", true);
        int parallel = root.integer("maxParallelImagePulls", serial ? 1 : 16);
        int high = root.integer("imageGCHighThresholdPercent", 85);
        int low = root.integer("imageGCLowThresholdPercent", 80);
        return new KubeletConfig.Images(
                parallel,
                high,
                low,
                root.duration("imageMinimumGCAge", Duration.ofMinutes(2)),
                root.duration("imageMaximumGCAge", Duration.ZERO));
    }

    private static KubeletConfig.Logs logs(ConfigObject root, Problems problems) {
        String size = root.string("containerLogMaxSize", "10Mi");
        long bytes = 0;
        try {
            bytes = new Quantity(size).getNumericalAmount().longValue();
        } catch (IllegalArgumentException | ArithmeticException e) {
            problems.add("invalid configuration: containerLogMaxSize \"" + size + "\" is no quantity");
        }
        return new KubeletConfig.Logs(
                bytes,
                root.integer("containerLogMaxFiles", 5),
                root.duration("containerLogMonitorInterval", Duration.ofSeconds(10)));
    }

    private static Optional<Path> path(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
    }
}
