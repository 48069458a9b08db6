package io.argosy.scheduler.config;

/** A plugin as a profile names it; weight 0 is its standard one. */
public record PluginRef(String name, int weight) {}
