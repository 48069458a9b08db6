package io.argosy.scheduler.framework;

/** A score plugin and how much it counts. */
public record Weighted(ScorePlugin plugin, int weight) {}
