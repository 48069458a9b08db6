package io.argosy.scheduler.config;

import io.argosy.scheduler.framework.FilterPlugin;
import io.argosy.scheduler.framework.Plugin;
import io.argosy.scheduler.framework.PostFilterPlugin;
import io.argosy.scheduler.framework.PreEnqueuePlugin;
import io.argosy.scheduler.framework.Profile;
import io.argosy.scheduler.framework.QueueSortPlugin;
import io.argosy.scheduler.framework.ReservePlugin;
import io.argosy.scheduler.framework.ScorePlugin;
import io.argosy.scheduler.framework.Weighted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The plugins that exist, in their standard order and weight, and how profiles choose among them. */
public final class PluginCatalog {

    private static final Set<String> BINDER = Set.of("DefaultBinder");

    private static final List<PluginRef> STANDARD = List.of(
            new PluginRef("SchedulingGates", 0),
            new PluginRef("PrioritySort", 0),
            new PluginRef("NodeUnschedulable", 0),
            new PluginRef("NodeName", 0),
            new PluginRef("TaintToleration", 3),
            new PluginRef("NodeAffinity", 2),
            new PluginRef("NodePorts", 0),
            new PluginRef("NodeResourcesFit", 1),
            new PluginRef("VolumeRestrictions", 0),
            new PluginRef("NodeVolumeLimits", 0),
            new PluginRef("VolumeBinding", 0),
            new PluginRef("VolumeZone", 0),
            new PluginRef("PodTopologySpread", 2),
            new PluginRef("InterPodAffinity", 2),
            new PluginRef("DynamicResources", 2),
            new PluginRef("DefaultPreemption", 0),
            new PluginRef("NodeResourcesBalancedAllocation", 1),
            new PluginRef("ImageLocality", 1),
            new PluginRef("DefaultBinder", 0),
            new PluginRef("NodeDeclaredFeatures", 0));

    private static final Map<ExtensionPoint, Set<String>> AT = Map.ofEntries(
            Map.entry(ExtensionPoint.PRE_ENQUEUE, Set.of("SchedulingGates", "DynamicResources", "DefaultPreemption")),
            Map.entry(ExtensionPoint.QUEUE_SORT, Set.of("PrioritySort")),
            Map.entry(
                    ExtensionPoint.FILTER,
                    Set.of(
                            "NodeUnschedulable",
                            "NodeName",
                            "TaintToleration",
                            "NodeAffinity",
                            "NodePorts",
                            "NodeResourcesFit",
                            "VolumeRestrictions",
                            "NodeVolumeLimits",
                            "VolumeBinding",
                            "VolumeZone",
                            "PodTopologySpread",
                            "InterPodAffinity",
                            "DynamicResources",
                            "NodeDeclaredFeatures")),
            Map.entry(ExtensionPoint.POST_FILTER, Set.of("DynamicResources", "DefaultPreemption")),
            Map.entry(
                    ExtensionPoint.SCORE,
                    Set.of(
                            "TaintToleration",
                            "NodeAffinity",
                            "NodeResourcesFit",
                            "VolumeBinding",
                            "PodTopologySpread",
                            "InterPodAffinity",
                            "DynamicResources",
                            "NodeResourcesBalancedAllocation",
                            "ImageLocality")),
            Map.entry(ExtensionPoint.RESERVE, Set.of("VolumeBinding", "DynamicResources")),
            Map.entry(ExtensionPoint.PERMIT, Set.of()),
            Map.entry(ExtensionPoint.PRE_BIND, Set.of("VolumeBinding", "DynamicResources")),
            Map.entry(ExtensionPoint.BIND, BINDER),
            Map.entry(ExtensionPoint.POST_BIND, Set.of()));

    private final Map<String, Plugin> plugins = new LinkedHashMap<>();

    /** @param plugins of one profile, made with its arguments */
    public PluginCatalog(List<Plugin> plugins) {
        plugins.forEach(plugin -> this.plugins.put(plugin.name(), plugin));
    }

    static boolean has(String plugin, ExtensionPoint point) {
        return switch (point) {
            case MULTI_POINT -> STANDARD.stream().anyMatch(known -> known.name().equals(plugin));
            case PRE_FILTER -> has(plugin, ExtensionPoint.FILTER);
            case PRE_SCORE -> has(plugin, ExtensionPoint.SCORE);
            default -> AT.getOrDefault(point, Set.of()).contains(plugin);
        };
    }

    static List<PluginRef> standard() {
        return STANDARD;
    }

    /** The plugins of a profile at their extension points, in order. */
    public Profile profile(ProfileConfig config, int percentageOfNodesToScore) {
        List<Weighted> scores = new ArrayList<>();
        for (PluginRef chosen : chosen(config, ExtensionPoint.SCORE)) {
            if (plugins.get(chosen.name()) instanceof ScorePlugin plugin) {
                scores.add(new Weighted(plugin, Math.max(1, chosen.weight())));
            }
        }
        return new Profile(
                config.schedulerName(),
                config.percentageOfNodesToScore().orElse(percentageOfNodesToScore),
                of(config, ExtensionPoint.QUEUE_SORT, QueueSortPlugin.class).getFirst(),
                of(config, ExtensionPoint.PRE_ENQUEUE, PreEnqueuePlugin.class),
                of(config, ExtensionPoint.FILTER, FilterPlugin.class),
                of(config, ExtensionPoint.POST_FILTER, PostFilterPlugin.class),
                scores,
                of(config, ExtensionPoint.RESERVE, ReservePlugin.class));
    }

    private <T extends Plugin> List<T> of(ProfileConfig config, ExtensionPoint point, Class<T> type) {
        List<T> found = new ArrayList<>();
        for (PluginRef chosen : chosen(config, point)) {
            Optional.ofNullable(plugins.get(chosen.name()))
                    .filter(type::isInstance)
                    .map(type::cast)
                    .ifPresent(found::add);
        }
        return found;
    }

    /** Which plugins take part at a point: first what the point itself enables, then those of multiPoint. */
    static List<PluginRef> chosen(ProfileConfig config, ExtensionPoint point) {
        PluginSet here = config.at(point);
        PluginSet everywhere = config.at(ExtensionPoint.MULTI_POINT);
        Map<String, PluginRef> wanted = new LinkedHashMap<>();
        Map<String, PluginRef> byPoint = new LinkedHashMap<>();
        here.enabled().forEach(plugin -> byPoint.put(plugin.name(), plugin));
        List<PluginRef> multi = new ArrayList<>();
        Map<String, PluginRef> replaced = new LinkedHashMap<>();
        everywhere.enabled().forEach(plugin -> replaced.put(plugin.name(), plugin));
        for (PluginRef plugin : STANDARD) {
            PluginRef other = replaced.get(plugin.name());
            if (other != null && !everywhere.disables(plugin.name())) {
                multi.add(replaced.remove(plugin.name()));
            } else if (other == null && !everywhere.disables(plugin.name())) {
                multi.add(plugin);
            }
        }
        multi.addAll(replaced.values());
        byPoint.values().forEach(plugin -> wanted.put(plugin.name(), plugin));
        for (PluginRef plugin : multi) {
            if (has(plugin.name(), point) && !here.disables(plugin.name())) {
                wanted.putIfAbsent(plugin.name(), plugin);
            }
        }
        return List.copyOf(wanted.values());
    }
}
