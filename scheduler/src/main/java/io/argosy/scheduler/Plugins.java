package io.argosy.scheduler;

import io.argosy.scheduler.columns.NamespaceLabels;
import io.argosy.scheduler.config.PluginArgs;
import io.argosy.scheduler.config.PluginCatalog;
import io.argosy.scheduler.config.ProfileConfig;
import io.argosy.scheduler.config.SchedulerConfig;
import io.argosy.scheduler.framework.Profile;
import io.argosy.scheduler.plugin.dynamicresources.DynamicResources;
import io.argosy.scheduler.plugin.imagelocality.ImageLocality;
import io.argosy.scheduler.plugin.interpodaffinity.InterPodAffinity;
import io.argosy.scheduler.plugin.nodeaffinity.NodeAffinity;
import io.argosy.scheduler.plugin.nodename.NodeName;
import io.argosy.scheduler.plugin.nodeports.NodePorts;
import io.argosy.scheduler.plugin.noderesources.NodeResourcesBalancedAllocation;
import io.argosy.scheduler.plugin.noderesources.NodeResourcesFit;
import io.argosy.scheduler.plugin.nodeunschedulable.NodeUnschedulable;
import io.argosy.scheduler.plugin.podtopologyspread.PodTopologySpread;
import io.argosy.scheduler.plugin.prioritysort.PrioritySort;
import io.argosy.scheduler.plugin.schedulinggates.SchedulingGates;
import io.argosy.scheduler.plugin.tainttoleration.TaintToleration;
import io.argosy.scheduler.preemption.DefaultPreemption;
import io.argosy.scheduler.workloads.WorkloadSelectors;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Makes the plugins of every profile. */
final class Plugins {

    private final Lookups lookups;
    private final RandomGenerator random;

    /** What plugins look up in the cluster besides nodes and pods. */
    record Lookups(
            NamespaceLabels namespaces, WorkloadSelectors workloads, Supplier<List<PodDisruptionBudget>> budgets) {}

    Plugins(Lookups lookups, RandomGenerator random) {
        this.lookups = lookups;
        this.random = random;
    }

    Map<String, Profile> profiles(SchedulerConfig config) {
        Map<String, Profile> profiles = new LinkedHashMap<>();
        for (ProfileConfig profile : config.profiles()) {
            profiles.put(
                    profile.schedulerName(),
                    catalog(profile.args()).profile(profile, config.percentageOfNodesToScore()));
        }
        return profiles;
    }

    private PluginCatalog catalog(PluginArgs args) {
        return new PluginCatalog(List.of(
                new SchedulingGates(),
                new PrioritySort(),
                new NodeUnschedulable(),
                new NodeName(),
                new TaintToleration(),
                new NodeAffinity(args.addedAffinity()),
                new NodePorts(),
                new NodeResourcesFit(
                        args.fit().strategy(), args.fit().ignored(), args.fit().ignoredGroups()),
                new PodTopologySpread(args.spread().defaults(), args.spread().system(), lookups.workloads()),
                new InterPodAffinity(
                        args.interPod().hardPodAffinityWeight(),
                        args.interPod().ignorePreferredTermsOfExistingPods(),
                        lookups.namespaces()),
                new DynamicResources(),
                new DefaultPreemption(
                        args.preemption().minCandidatePercentage(),
                        args.preemption().minCandidates(),
                        lookups.budgets(),
                        random),
                new NodeResourcesBalancedAllocation(args.balanced()),
                new ImageLocality()));
    }
}
