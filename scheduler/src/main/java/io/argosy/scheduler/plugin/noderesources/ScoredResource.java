package io.argosy.scheduler.plugin.noderesources;

/** A resource and how much it counts in a score. */
public record ScoredResource(String name, long weight) {}
