package io.argosy.scheduler.config;

import io.argosy.client.request.ObjectJson;
import io.argosy.daemon.config.ConfigObject;
import io.argosy.daemon.config.Problems;
import io.argosy.scheduler.config.PluginArgs.Fit;
import io.argosy.scheduler.config.PluginArgs.InterPod;
import io.argosy.scheduler.config.PluginArgs.Preemption;
import io.argosy.scheduler.config.PluginArgs.Spread;
import io.argosy.scheduler.plugin.noderesources.ScoredResource;
import io.argosy.scheduler.plugin.noderesources.ScoringStrategy;
import io.argosy.scheduler.plugin.noderesources.ScoringStrategy.Point;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** Reads {@code pluginConfig}. */
final class PluginArgsReader {

    private final Problems problems;

    PluginArgsReader(Problems problems) {
        this.problems = problems;
    }

    PluginArgs read(List<ConfigObject> entries) {
        PluginArgs args = PluginArgs.STANDARD;
        for (ConfigObject entry : entries) {
            String plugin = entry.string("name", "");
            ConfigObject given = entry.object("args");
            given.raw("apiVersion");
            String kind = given.string("kind", plugin + "Args");
            problems.require(kind.equals(plugin + "Args"), "pluginConfig: args of " + plugin + " are of kind " + kind);
            args = read(plugin, given, args);
        }
        return args;
    }

    private PluginArgs read(String plugin, ConfigObject given, PluginArgs args) {
        return switch (plugin) {
            case "NodeResourcesFit" ->
                args.withFit(new Fit(
                        strategy(given.objectIfPresent("scoringStrategy")),
                        new HashSet<>(given.strings("ignoredResources").orElse(List.of())),
                        new HashSet<>(given.strings("ignoredResourceGroups").orElse(List.of()))));
            case "NodeResourcesBalancedAllocation" -> args.withBalanced(resources(given));
            case "NodeAffinity" ->
                args.withAddedAffinity(given.raw("addedAffinity").flatMap(raw -> convert(raw, NodeAffinity.class)));
            case "InterPodAffinity" ->
                args.withInterPod(new InterPod(
                        given.integer("hardPodAffinityWeight", 1),
                        given.bool("ignorePreferredTermsOfExistingPods", false)));
            case "PodTopologySpread" -> args.withSpread(spread(given));
            case "DefaultPreemption" ->
                args.withPreemption(new Preemption(
                        given.integer("minCandidateNodesPercentage", 10),
                        given.integer("minCandidateNodesAbsolute", 100)));
            case "VolumeBinding" -> {
                given.raw("shape");
                yield args.withVolumeBindTimeout(Duration.ofSeconds(given.integer("bindTimeoutSeconds", 600)));
            }
            case "DynamicResources" -> {
                given.raw("filterTimeout");
                given.raw("bindingTimeout");
                yield args;
            }
            default -> {
                problems.add("pluginConfig: plugin \"" + plugin + "\" takes no arguments");
                yield args;
            }
        };
    }

    private ScoringStrategy strategy(Optional<ConfigObject> given) {
        if (given.isEmpty()) {
            return PluginArgs.STANDARD.fit().strategy();
        }
        List<ScoredResource> resources = resources(given.get());
        String type = given.get().string("type", "LeastAllocated");
        List<Point> shape = given.get().object("requestedToCapacityRatio").objects("shape").stream()
                .map(point -> new Point(point.integer("utilization", 0), point.integer("score", 0)))
                .toList();
        return switch (type) {
            case "LeastAllocated" -> new ScoringStrategy.LeastAllocated(resources);
            case "MostAllocated" -> new ScoringStrategy.MostAllocated(resources);
            case "RequestedToCapacityRatio" -> {
                problems.require(
                        !shape.isEmpty(),
                        "requestedToCapacityRatio.shape: Required value: at least one point must be specified");
                yield new ScoringStrategy.RequestedToCapacityRatio(resources, shape);
            }
            default -> {
                problems.add("scoringStrategy.type: Unsupported value: \"" + type + "\"");
                yield PluginArgs.STANDARD.fit().strategy();
            }
        };
    }

    private static List<ScoredResource> resources(ConfigObject given) {
        List<ScoredResource> resources = given.objects("resources").stream()
                .map(resource -> new ScoredResource(resource.string("name", ""), resource.integer("weight", 1)))
                .toList();
        return resources.isEmpty() ? PluginArgs.cpuAndMemory() : resources;
    }

    private Spread spread(ConfigObject given) {
        List<TopologySpreadConstraint> defaults = given.raw("defaultConstraints")
                .flatMap(raw -> convert(raw, TopologySpreadConstraint[].class))
                .map(Arrays::asList)
                .orElse(List.of());
        String type = given.string("defaultingType", "System");
        problems.require(
                type.equals("System") || type.equals("List"),
                "defaultingType: Unsupported value: \"" + type + "\": supported values: \"System\", \"List\"");
        return new Spread(defaults, type.equals("System"));
    }

    private <T> Optional<T> convert(Object raw, Class<T> type) {
        try {
            return Optional.of(ObjectJson.read(ObjectJson.write(raw), type));
        } catch (JacksonException e) {
            problems.add("pluginConfig: " + e.getOriginalMessage());
            return Optional.empty();
        }
    }
}
