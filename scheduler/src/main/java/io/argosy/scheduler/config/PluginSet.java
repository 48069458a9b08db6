package io.argosy.scheduler.config;

import java.util.List;

/** What a profile changes at one extension point; {@code *} among the disabled stands for all standard ones. */
public record PluginSet(List<PluginRef> enabled, List<String> disabled) {

    public static final PluginSet NONE = new PluginSet(List.of(), List.of());

    public PluginSet {
        enabled = List.copyOf(enabled);
        disabled = List.copyOf(disabled);
    }

    boolean disables(String plugin) {
        return disabled.contains(plugin) || disabled.contains("*");
    }
}
