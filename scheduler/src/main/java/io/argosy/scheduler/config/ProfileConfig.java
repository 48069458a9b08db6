package io.argosy.scheduler.config;

import java.util.Map;
import java.util.Optional;

/** A profile as it is configured. */
public record ProfileConfig(
        String schedulerName,
        Optional<Integer> percentageOfNodesToScore,
        Map<ExtensionPoint, PluginSet> plugins,
        PluginArgs args) {

    public ProfileConfig {
        plugins = Map.copyOf(plugins);
    }

    public static ProfileConfig standard() {
        return new ProfileConfig("default-scheduler", Optional.empty(), Map.of(), PluginArgs.STANDARD);
    }

    PluginSet at(ExtensionPoint point) {
        return plugins.getOrDefault(point, PluginSet.NONE);
    }
}
