package io.argosy.scheduler;

import io.argosy.client.request.ApiClient;
import io.argosy.daemon.clock.Clock;
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
import io.argosy.scheduler.plugin.nodevolumelimits.NodeVolumeLimits;
import io.argosy.scheduler.plugin.podtopologyspread.PodTopologySpread;
import io.argosy.scheduler.plugin.prioritysort.PrioritySort;
import io.argosy.scheduler.plugin.schedulinggates.SchedulingGates;
import io.argosy.scheduler.plugin.tainttoleration.TaintToleration;
import io.argosy.scheduler.plugin.volumebinding.VolumeBinding;
import io.argosy.scheduler.plugin.volumerestrictions.VolumeRestrictions;
import io.argosy.scheduler.plugin.volumezone.VolumeZone;
import io.argosy.scheduler.preemption.DefaultPreemption;
import io.argosy.scheduler.storage.StorageView;
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
    private final ApiClient client;
    private final Clock clock;
    private final RandomGenerator random;

    /** What plugins look up in the cluster besides nodes and pods. */
    record Lookups(
            NamespaceLabels namespaces,
            WorkloadSelectors workloads,
            Supplier<List<PodDisruptionBudget>> budgets,
            StorageView storage) {}

    /** @param client for plugins that write before a binding */
    Plugins(Lookups lookups, ApiClient client, Clock clock, RandomGenerator random) {
        this.lookups = lookups;
        this.client = client;
        this.clock = clock;
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
                new VolumeRestrictions(lookups.storage()),
                new NodeVolumeLimits(lookups.storage()),
                new VolumeBinding(lookups.storage(), client, clock, args.volumeBindTimeout()),
                new VolumeZone(lookups.storage()),
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
