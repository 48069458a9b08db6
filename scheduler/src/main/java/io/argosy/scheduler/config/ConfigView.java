package io.argosy.scheduler.config;

import io.argosy.daemon.flags.GoDuration;
import io.argosy.scheduler.plugin.noderesources.ScoredResource;
import io.argosy.scheduler.plugin.noderesources.ScoringStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The configuration as {@code /configz} shows it. */
public final class ConfigView {

    private static final List<String> POINTS_WITHOUT_PLUGINS = List.of("placementGenerate", "placementScore");

    private ConfigView() {}

    public static Map<String, Object> of(SchedulerConfig config) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("kind", "KubeSchedulerConfiguration");
        view.put("apiVersion", SchedulerConfigFile.API_VERSION);
        view.put("parallelism", config.parallelism());
        view.put("leaderElection", election(config));
        view.put(
                "clientConnection",
                Map.of(
                        "kubeconfig", config.kubeconfig(),
                        "acceptContentTypes", "",
                        "contentType", "application/json",
                        "qps", config.qps(),
                        "burst", config.burst()));
        view.put("enableProfiling", false);
        view.put("enableContentionProfiling", false);
        view.put("percentageOfNodesToScore", config.percentageOfNodesToScore());
        view.put("podInitialBackoffSeconds", config.podInitialBackoff().toSeconds());
        view.put("podMaxBackoffSeconds", config.podMaxBackoff().toSeconds());
        view.put("profiles", config.profiles().stream().map(ConfigView::profile).toList());
        return view;
    }

    private static Map<String, Object> election(SchedulerConfig config) {
        SchedulerConfig.LeaderElection election = config.leaderElection()
                .orElse(new SchedulerConfig.LeaderElection(
                        "kube-system",
                        "kube-scheduler",
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(2)));
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("leaderElect", config.leaderElection().isPresent());
        view.put("leaseDuration", GoDuration.format(election.leaseDuration()));
        view.put("renewDeadline", GoDuration.format(election.renewDeadline()));
        view.put("retryPeriod", GoDuration.format(election.retryPeriod()));
        view.put("resourceLock", "leases");
        view.put("resourceName", election.name());
        view.put("resourceNamespace", election.namespace());
        return view;
    }

    private static Map<String, Object> profile(ProfileConfig profile) {
        Map<String, Object> plugins = new LinkedHashMap<>();
        for (ExtensionPoint point : ExtensionPoint.values()) {
            plugins.put(point.field(), set(profile.at(point), point));
        }
        POINTS_WITHOUT_PLUGINS.forEach(point -> plugins.put(point, Map.of()));
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("schedulerName", profile.schedulerName());
        profile.percentageOfNodesToScore().ifPresent(percent -> view.put("percentageOfNodesToScore", percent));
        view.put("plugins", plugins);
        view.put("pluginConfig", arguments(profile.args()));
        return view;
    }

    private static Map<String, Object> set(PluginSet set, ExtensionPoint point) {
        List<PluginRef> enabled = new ArrayList<>();
        if (point == ExtensionPoint.MULTI_POINT) {
            for (PluginRef plugin : PluginCatalog.standard()) {
                if (!set.disables(plugin.name())) {
                    enabled.add(plugin);
                }
            }
        }
        enabled.removeIf(
                plugin -> set.enabled().stream().anyMatch(other -> other.name().equals(plugin.name())));
        enabled.addAll(set.enabled());
        Map<String, Object> view = new LinkedHashMap<>();
        if (!enabled.isEmpty()) {
            view.put(
                    "enabled",
                    enabled.stream()
                            .map(plugin -> Map.of("name", plugin.name(), "weight", plugin.weight()))
                            .toList());
        }
        if (!set.disabled().isEmpty()) {
            view.put(
                    "disabled",
                    set.disabled().stream()
                            .map(name -> Map.of("name", name, "weight", 0))
                            .toList());
        }
        return view;
    }

    private static List<Object> arguments(PluginArgs args) {
        Map<String, Object> spread = new LinkedHashMap<>();
        if (!args.spread().defaults().isEmpty()) {
            spread.put("defaultConstraints", args.spread().defaults());
        }
        spread.put("defaultingType", args.spread().system() ? "System" : "List");
        Map<String, Object> affinity = new LinkedHashMap<>();
        args.addedAffinity().ifPresent(added -> affinity.put("addedAffinity", added));
        return List.of(
                entry(
                        "DefaultPreemption",
                        Map.of(
                                "minCandidateNodesPercentage", args.preemption().minCandidatePercentage(),
                                "minCandidateNodesAbsolute", args.preemption().minCandidates())),
                entry("DynamicResources", Map.of("filterTimeout", "10s", "bindingTimeout", "10m0s")),
                entry(
                        "InterPodAffinity",
                        Map.of(
                                "hardPodAffinityWeight", args.interPod().hardPodAffinityWeight(),
                                "ignorePreferredTermsOfExistingPods",
                                        args.interPod().ignorePreferredTermsOfExistingPods())),
                entry("NodeAffinity", affinity),
                entry("NodeResourcesBalancedAllocation", Map.of("resources", resources(args.balanced()))),
                entry(
                        "NodeResourcesFit",
                        Map.of("scoringStrategy", strategy(args.fit().strategy()))),
                entry("PodTopologySpread", spread),
                entry(
                        "VolumeBinding",
                        Map.of("bindTimeoutSeconds", args.volumeBindTimeout().toSeconds())));
    }

    private static Map<String, Object> strategy(ScoringStrategy strategy) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("type", strategy.getClass().getSimpleName());
        view.put("resources", resources(strategy.resources()));
        if (strategy instanceof ScoringStrategy.RequestedToCapacityRatio ratio) {
            view.put("requestedToCapacityRatio", Map.of("shape", ratio.shape()));
        }
        return view;
    }

    private static List<Object> resources(List<ScoredResource> resources) {
        return resources.stream()
                .<Object>map(resource -> Map.of("name", resource.name(), "weight", resource.weight()))
                .toList();
    }

    private static Map<String, Object> entry(String plugin, Map<String, Object> fields) {
        Map<String, Object> args = new LinkedHashMap<>();
        args.put("kind", plugin + "Args");
        args.put("apiVersion", SchedulerConfigFile.API_VERSION);
        args.putAll(fields);
        return Map.of("name", plugin, "args", args);
    }
}
