package io.argosy.scheduler.config;

import io.argosy.scheduler.plugin.noderesources.ScoredResource;
import io.argosy.scheduler.plugin.noderesources.ScoringStrategy;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The arguments of the plugins that have some. */
public record PluginArgs(
        Fit fit,
        List<ScoredResource> balanced,
        Optional<NodeAffinity> addedAffinity,
        InterPod interPod,
        Spread spread,
        Preemption preemption,
        Duration volumeBindTimeout) {

    private static final List<ScoredResource> CPU_AND_MEMORY =
            List.of(new ScoredResource("cpu", 1), new ScoredResource("memory", 1));

    /** When a profile says nothing. */
    public static final PluginArgs STANDARD = new PluginArgs(
            new Fit(new ScoringStrategy.LeastAllocated(CPU_AND_MEMORY), Set.of(), Set.of()),
            CPU_AND_MEMORY,
            Optional.empty(),
            new InterPod(1, false),
            new Spread(List.of(), true),
            new Preemption(10, 100),
            Duration.ofSeconds(600));

    public PluginArgs {
        balanced = List.copyOf(balanced);
    }

    static List<ScoredResource> cpuAndMemory() {
        return CPU_AND_MEMORY;
    }

    /** Of NodeResourcesFit. */
    public record Fit(ScoringStrategy strategy, Set<String> ignored, Set<String> ignoredGroups) {}

    /** Of InterPodAffinity. */
    public record InterPod(int hardPodAffinityWeight, boolean ignorePreferredTermsOfExistingPods) {}

    /**
     * Of PodTopologySpread.
     *
     * @param system whether the built-in constraints stand for pods that have none
     */
    public record Spread(List<TopologySpreadConstraint> defaults, boolean system) {
        public Spread {
            defaults = List.copyOf(defaults);
        }
    }

    /** Of DefaultPreemption. */
    public record Preemption(int minCandidatePercentage, int minCandidates) {}

    PluginArgs withFit(Fit other) {
        return new PluginArgs(other, balanced, addedAffinity, interPod, spread, preemption, volumeBindTimeout);
    }

    PluginArgs withBalanced(List<ScoredResource> other) {
        return new PluginArgs(fit, other, addedAffinity, interPod, spread, preemption, volumeBindTimeout);
    }

    PluginArgs withAddedAffinity(Optional<NodeAffinity> other) {
        return new PluginArgs(fit, balanced, other, interPod, spread, preemption, volumeBindTimeout);
    }

    PluginArgs withInterPod(InterPod other) {
        return new PluginArgs(fit, balanced, addedAffinity, other, spread, preemption, volumeBindTimeout);
    }

    PluginArgs withSpread(Spread other) {
        return new PluginArgs(fit, balanced, addedAffinity, interPod, other, preemption, volumeBindTimeout);
    }

    PluginArgs withPreemption(Preemption other) {
        return new PluginArgs(fit, balanced, addedAffinity, interPod, spread, other, volumeBindTimeout);
    }

    PluginArgs withVolumeBindTimeout(Duration other) {
        return new PluginArgs(fit, balanced, addedAffinity, interPod, spread, preemption, other);
    }
}
