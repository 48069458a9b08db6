package io.argosy.kubelet.config;

import io.argosy.daemon.config.ConfigDocument;
import io.argosy.daemon.config.ConfigFile;
import io.argosy.daemon.config.ConfigTree;
import io.argosy.daemon.config.ConfigurationException;
import io.argosy.daemon.config.Problems;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.flags.ParsedFlags;
import io.argosy.daemon.logging.Logging;
import io.argosy.daemon.logging.LoggingConfig;
import io.argosy.daemon.logging.LoggingSection;
import io.argosy.daemon.metrics.Configz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a {@link KubeletConfig} of defaults, the configuration file, its drop-ins and the flags, in that order. */
public final class ConfigReader {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigReader.class);
    private static final String VERSION = "kubelet.config.k8s.io/v1beta1";
    private static final String KIND = "KubeletConfiguration";
    // In a file nothing, an empty text and zero mean the default.
    private static final List<String> ZERO_MEANS_DEFAULT = List.of(
            "syncFrequency",
            "fileCheckFrequency",
            "httpCheckFrequency",
            "address",
            "port",
            "authentication.webhook.cacheTTL",
            "authorization.mode",
            "authorization.webhook.cacheAuthorizedTTL",
            "authorization.webhook.cacheUnauthorizedTTL",
            "registryBurst",
            "imagePullCredentialsVerificationPolicy",
            "eventBurst",
            "healthzBindAddress",
            "streamingConnectionIdleTimeout",
            "nodeStatusUpdateFrequency",
            "nodeLeaseDurationSeconds",
            "imageMinimumGCAge",
            "volumeStatsAggPeriod",
            "cgroupDriver",
            "cpuManagerPolicy",
            "cpuManagerReconcilePeriod",
            "memoryManagerPolicy",
            "topologyManagerPolicy",
            "topologyManagerScope",
            "runtimeRequestTimeout",
            "hairpinMode",
            "maxPods",
            "maxOpenFiles",
            "contentType",
            "kubeAPIBurst",
            "evictionPressureTransitionPeriod",
            "containerLogMaxSize",
            "configMapAndSecretChangeDetectionStrategy",
            "volumePluginDir",
            "memoryReservationPolicy",
            "containerRuntimeEndpoint",
            "podLogsDir",
            "logging.format",
            "logging.flushFrequency");
    private static final List<String> PATHS = List.of(
            "staticPodPath",
            "authentication.x509.clientCAFile",
            "tlsCertFile",
            "tlsPrivateKeyFile",
            "resolvConf",
            "volumePluginDir",
            "podLogsDir");

    private final FlagSet all;
    private final KubeletFlags flags;
    private final ParsedFlags parsed;

    public ConfigReader(FlagSet all, KubeletFlags flags, ParsedFlags parsed) {
        this.all = all;
        this.flags = flags;
        this.parsed = parsed;
    }

    /** Reads it all, and sets logging up as it says. */
    public KubeletConfig read() throws ConfigurationException {
        Map<String, Object> tree = tree();
        ConfigFile merged = ConfigFile.parse("kubelet configuration", Configz.text(tree));
        Problems problems = new Problems();
        Problems logging = new Problems();
        KubeletConfig config = new ConfigBuilder(flags, parsed).build(merged.root(), tree, problems);
        LoggingConfig logs = LoggingSection.read(merged.root().object("logging"), logging);
        new ConfigRules(merged.root(), problems).check();
        new Unsupported(merged.root(), problems).check();
        new AmountRules(merged.root(), problems).check();
        FlagRules rules = new FlagRules(problems);
        rules.labels(config.identity().labels());
        rules.nodeIp(flags.text(parsed, "node-ip"));
        rules.cloudProvider(config.identity().cloudProvider());
        rules.address("address", config.serving().address());
        rules.address("healthzBindAddress", config.serving().healthAddress());
        flags.refuse(parsed, problems);
        for (String unknown : merged.finishLeniently()) {
            LOG.warn("the kubelet configuration has a field that is not known: {}", unknown);
            ConfigTree.forget(tree, unknown);
        }
        if (!logging.found().isEmpty()) {
            throw new ConfigurationException("initialize logging: " + String.join(", ", logging.found()));
        }
        Logging.install(logs);
        try {
            problems.throwIfAny();
        } catch (ConfigurationException e) {
            throw new ConfigurationException("failed to validate kubelet configuration, error: " + e.getMessage());
        }
        return config;
    }

    private Map<String, Object> tree() throws ConfigurationException {
        Map<String, Object> told = new LinkedHashMap<>();
        String file = flags.text(parsed, "config");
        if (!file.isEmpty()) {
            told.putAll(document(Path.of(file)));
            resolve(told, Path.of(file).toAbsolutePath());
        }
        String directory = flags.text(parsed, "config-dir");
        if (!directory.isEmpty()) {
            for (Path drop : drops(Path.of(directory))) {
                ConfigTree.merge(told, document(drop), name -> false);
            }
        }
        Map<String, Object> tree = defaults();
        ConfigTree.merge(tree, told, name -> false);
        ConfigTree.fill(tree, defaults(), ZERO_MEANS_DEFAULT);
        if (file.isEmpty() && directory.isEmpty()) {
            withoutFile(tree);
        }
        DependentDefaults.fill(tree, told);
        flags.fields(parsed).forEach((path, value) -> ConfigTree.set(tree, path, value));
        DependentDefaults.thresholds(tree);
        LoggingSection.overlay(tree, all, parsed);
        return tree;
    }

    /** Without any file the kubelet is as open as it was before there were files. */
    private static void withoutFile(Map<String, Object> tree) {
        ConfigTree.set(tree, "authentication.anonymous.enabled", true);
        ConfigTree.set(tree, "authentication.webhook.enabled", false);
        ConfigTree.set(tree, "authorization.mode", "AlwaysAllow");
    }

    static Map<String, Object> defaults() throws ConfigurationException {
        return ConfigDocument.defaults(ConfigReader.class);
    }

    private static Map<String, Object> document(Path file) throws ConfigurationException {
        try {
            return ConfigDocument.read(file, VERSION, KIND);
        } catch (IOException | ConfigurationException e) {
            throw new ConfigurationException(
                    "failed to load kubelet config file, path: " + file + ", error: " + e.getMessage());
        }
    }

    /** Relative paths of a file are relative to its folder. */
    private static void resolve(Map<String, Object> told, Path file) {
        for (String path : PATHS) {
            Object value = ConfigTree.get(told, path).orElse("");
            if (value instanceof String text && !text.isEmpty() && !text.startsWith("/")) {
                ConfigTree.set(told, path, file.resolveSibling(text).toString());
            }
        }
    }

    private static List<Path> drops(Path directory) throws ConfigurationException {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> drops = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                if (file.toString().endsWith(".conf")) {
                    drops.add(file);
                } else {
                    LOG.info(
                            "a file of the drop-in directory is passed over, its name does not end in .conf: {}", file);
                }
            }
            return drops;
        } catch (IOException e) {
            throw new ConfigurationException("failed to merge kubelet configs: failed to walk through kubelet dropin"
                    + " directory \"" + directory + "\": " + e.getMessage());
        }
    }
}
