package io.argosy.kubelet.config;

import io.argosy.client.request.ObjectJson;
import io.argosy.daemon.config.ConfigFile;
import io.argosy.daemon.config.ConfigObject;
import io.argosy.daemon.config.ConfigTree;
import io.argosy.daemon.config.ConfigurationException;
import io.argosy.daemon.config.Problems;
import io.argosy.daemon.flags.ParsedFlags;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes a {@link KubeletConfig} of defaults, the configuration file, its drop-ins and the flags, in that order. */
public final class ConfigReader {

    private static final String VERSION = "kubelet.config.k8s.io/v1beta1";
    private static final String KIND = "KubeletConfiguration";
    // Fields that are understood elsewhere, or have an effect only with what this node does not offer.
    private static final List<String> OTHERS = List.of(
            "staticPodURL",
            "staticPodURLHeader",
            "readOnlyPort",
            "rotateCertificates",
            "registryPullQPS",
            "registryBurst",
            "eventRecordQPS",
            "eventBurst",
            "enableContentionProfiling",
            "contentionProfiling",
            "oomScoreAdj",
            "volumeStatsAggPeriod",
            "kubeletCgroups",
            "systemCgroups",
            "cpuManagerPolicy",
            "cpuManagerPolicyOptions",
            "cpuManagerReconcilePeriod",
            "memoryManagerPolicy",
            "topologyManagerPolicy",
            "topologyManagerPolicyOptions",
            "topologyManagerScope",
            "qosReserved",
            "hairpinMode",
            "podCIDR",
            "maxOpenFiles",
            "contentType",
            "evictionMinimumReclaim",
            "mergeDefaultEvictionSettings",
            "enableControllerAttachDetach",
            "protectKernelDefaults",
            "makeIPTablesUtilChains",
            "iptablesMasqueradeBit",
            "iptablesDropBit",
            "featureGates",
            "memorySwap",
            "containerLogMaxWorkers",
            "configMapAndSecretChangeDetectionStrategy",
            "systemReservedCgroup",
            "kubeReservedCgroup",
            "showHiddenMetricsForVersion",
            "volumePluginDir",
            "logging",
            "enableSystemLogHandler",
            "enableSystemLogQuery",
            "enableProfilingHandler",
            "enableDebugFlagsHandler",
            "memoryThrottlingFactor",
            "memoryReservationPolicy",
            "reservedMemory",
            "reservedSystemCPUs",
            "localStorageCapacityIsolation",
            "kernelMemcgNotification",
            "imagePullCredentialsVerificationPolicy",
            "preloadedImagesVerificationAllowlist",
            "shutdownGracePeriodByPodPriority",
            "httpCheckFrequency",
            "tracing",
            "userNamespaces",
            "singleProcessOOMKill",
            "registerWithTaints",
            "imageServiceEndpoint");

    private final KubeletFlags flags;
    private final ParsedFlags parsed;

    public ConfigReader(KubeletFlags flags, ParsedFlags parsed) {
        this.flags = flags;
        this.parsed = parsed;
    }

    public KubeletConfig read() throws ConfigurationException {
        Map<String, Object> tree = ConfigTree.parse(resource());
        String file = flags.text(parsed, "config");
        if (!file.isEmpty()) {
            ConfigTree.merge(tree, document(Path.of(file)), ConfigReader::isWhole);
        }
        String directory = flags.text(parsed, "config-dir");
        if (!directory.isEmpty()) {
            for (Path drop : drops(Path.of(directory))) {
                ConfigTree.merge(tree, document(drop), ConfigReader::isWhole);
            }
        }
        flags.fields(parsed).forEach((path, value) -> ConfigTree.set(tree, path, value));
        ConfigFile merged = ConfigFile.parse("kubelet configuration", ObjectJson.writeString(tree))
                .expect(VERSION, KIND);
        KubeletConfig config = build(merged.root(), tree, merged.problems());
        OTHERS.forEach(name -> merged.root().raw(name));
        merged.finish();
        return config;
    }

    /** Thresholds are one value. */
    private static boolean isWhole(String name) {
        return name.startsWith("eviction");
    }

    private static String resource() {
        try (InputStream in = ConfigReader.class.getResourceAsStream("defaults.yaml")) {
            if (in == null) {
                throw new IllegalStateException("defaults.yaml is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> document(Path file) throws ConfigurationException {
        ConfigFile.read(file).expect(VERSION, KIND);
        try {
            return ConfigTree.parse(Files.readString(file));
        } catch (IOException e) {
            throw new ConfigurationException(
                    "failed to load kubelet config file, path: " + file + ", error: " + e.getMessage());
        }
    }

    private static List<Path> drops(Path directory) throws ConfigurationException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(p -> p.toString().endsWith(".conf")).sorted().toList();
        } catch (IOException e) {
            throw new ConfigurationException(
                    "failed to walk through kubelet dropin directory \"" + directory + "\": " + e.getMessage());
        }
    }

    private KubeletConfig build(ConfigObject root, Map<String, Object> tree, Problems problems) {
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
                cgroups(root, problems),
                images(root, problems),
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
                flags.list(parsed, "register-with-taints"),
                root.string("providerID", ""),
                root.bool("registerNode", true),
                flags.text(parsed, "cloud-provider"));
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

    private static KubeletConfig.Cgroups cgroups(ConfigObject root, Problems problems) {
        String driver = root.string("cgroupDriver", "cgroupfs");
        problems.require(
                driver.equals("cgroupfs") || driver.equals("systemd"),
                "invalid configuration: cgroupDriver \"" + driver + "\" must be cgroupfs or systemd");
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
                root.bool("seccompDefault", false));
    }

    private static KubeletConfig.Images images(ConfigObject root, Problems problems) {
        boolean serial = root.bool("serializeImagePulls", true);
        int parallel = root.integer("maxParallelImagePulls", serial ? 1 : 16);
        problems.require(
                !serial || parallel == 1,
                "invalid configuration: maxParallelImagePulls " + parallel
                        + " cannot be larger than 1 unless SerializeImagePulls (--serialize-image-pulls) is set to"
                        + " false");
        int high = root.integer("imageGCHighThresholdPercent", 85);
        int low = root.integer("imageGCLowThresholdPercent", 80);
        problems.require(
                low < high,
                "invalid configuration: imageGCLowThresholdPercent (--image-gc-low-threshold) " + low
                        + " must be less than imageGCHighThresholdPercent (--image-gc-high-threshold) " + high);
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
