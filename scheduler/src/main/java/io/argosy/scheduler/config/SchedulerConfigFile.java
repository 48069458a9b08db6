package io.argosy.scheduler.config;

import io.argosy.daemon.config.ConfigFile;
import io.argosy.daemon.config.ConfigObject;
import io.argosy.daemon.config.ConfigurationException;
import io.argosy.daemon.config.Problems;
import io.argosy.scheduler.config.SchedulerConfig.LeaderElection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a KubeSchedulerConfiguration. */
final class SchedulerConfigFile {

    static final String API_VERSION = "kubescheduler.config.k8s.io/v1";

    private final Path path;

    SchedulerConfigFile(Path path) {
        this.path = path;
    }

    /** @param flags for what a file does not say */
    SchedulerConfig read(SchedulerConfig flags) throws ConfigurationException {
        ConfigFile file = ConfigFile.read(path).expect(API_VERSION, "KubeSchedulerConfiguration");
        ConfigObject root = file.root();
        ConfigObject client = root.object("clientConnection");
        client.raw("acceptContentTypes");
        client.raw("contentType");
        List.of("enableProfiling", "enableContentionProfiling", "delayCacheUntilActive")
                .forEach(root::raw);
        Problems problems = file.problems();
        problems.require(
                root.objects("extenders").isEmpty(), "extenders: Forbidden: scheduler extenders are not supported");
        SchedulerConfig config = new SchedulerConfig(
                client.string("kubeconfig", ""),
                flags.master(),
                client.decimal("qps", 50),
                client.integer("burst", 100),
                election(root.object("leaderElection")),
                Duration.ofSeconds(root.integer("podInitialBackoffSeconds", 1)),
                Duration.ofSeconds(root.integer("podMaxBackoffSeconds", 10)),
                flags.podMaxUnschedulable(),
                root.integer("parallelism", 16),
                root.integer("percentageOfNodesToScore", 0),
                profiles(root, problems),
                flags.serving());
        check(config, problems);
        file.finish();
        return config;
    }

    private static void check(SchedulerConfig config, Problems problems) {
        problems.require(
                config.percentageOfNodesToScore() >= 0 && config.percentageOfNodesToScore() <= 100,
                "percentageOfNodesToScore: Invalid value: " + config.percentageOfNodesToScore()
                        + ": not in valid range [0-100]");
        problems.require(
                config.parallelism() > 0,
                "parallelism: Invalid value: " + config.parallelism()
                        + ": should be an integer value greater than zero");
        problems.require(
                config.podInitialBackoff().isPositive(),
                "podInitialBackoffSeconds: Invalid value: must be greater than 0");
        problems.require(
                config.podMaxBackoff().compareTo(config.podInitialBackoff()) >= 0,
                "podMaxBackoffSeconds: Invalid value: must be greater than or equal to PodInitialBackoffSeconds");
        Set<String> names = new HashSet<>();
        for (ProfileConfig profile : config.profiles()) {
            problems.require(!profile.schedulerName().isEmpty(), "profiles.schedulerName: Required value");
            problems.require(
                    names.add(profile.schedulerName()),
                    "profiles.schedulerName: Duplicate value: \"" + profile.schedulerName() + "\"");
        }
    }

    private static Optional<LeaderElection> election(ConfigObject object) {
        object.raw("resourceLock");
        LeaderElection election = new LeaderElection(
                object.string("resourceNamespace", "kube-system"),
                object.string("resourceName", "kube-scheduler"),
                object.duration("leaseDuration", Duration.ofSeconds(15)),
                object.duration("renewDeadline", Duration.ofSeconds(10)),
                object.duration("retryPeriod", Duration.ofSeconds(2)));
        return object.bool("leaderElect", true) ? Optional.of(election) : Optional.empty();
    }

    private static List<ProfileConfig> profiles(ConfigObject root, Problems problems) {
        List<ProfileConfig> profiles = new ArrayList<>();
        List<ConfigObject> objects = root.objects("profiles");
        for (ConfigObject object : objects) {
            profiles.add(new ProfileConfig(
                    object.string("schedulerName", objects.size() == 1 ? "default-scheduler" : ""),
                    object.integer("percentageOfNodesToScore"),
                    plugins(object.object("plugins"), problems),
                    new PluginArgsReader(problems).read(object.objects("pluginConfig"))));
        }
        return profiles.isEmpty() ? List.of(ProfileConfig.standard()) : profiles;
    }

    private static Map<ExtensionPoint, PluginSet> plugins(ConfigObject object, Problems problems) {
        Map<ExtensionPoint, PluginSet> sets = new EnumMap<>(ExtensionPoint.class);
        for (ExtensionPoint point : ExtensionPoint.values()) {
            ConfigObject set = object.object(point.field());
            List<PluginRef> enabled = set.objects("enabled").stream()
                    .map(plugin -> new PluginRef(plugin.string("name", ""), plugin.integer("weight", 0)))
                    .toList();
            List<String> disabled = set.objects("disabled").stream()
                    .map(plugin -> {
                        plugin.raw("weight");
                        return plugin.string("name", "");
                    })
                    .toList();
            for (PluginRef plugin : enabled) {
                problems.require(
                        PluginCatalog.has(plugin.name(), point),
                        "plugins." + point.field() + ": plugin \"" + plugin.name() + "\" does not exist there");
            }
            sets.put(point, new PluginSet(enabled, disabled));
        }
        return sets;
    }
}
