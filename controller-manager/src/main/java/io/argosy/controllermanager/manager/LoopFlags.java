package io.argosy.controllermanager.manager;

import io.argosy.daemon.config.Problems;
import io.argosy.daemon.flags.Flag;
import io.argosy.daemon.flags.FlagSection;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.flags.ParsedFlags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The flags of single controllers. */
final class LoopFlags {

    final Flag<String> rootCa;
    final Flag<String> serviceAccountKey;
    final Flag<Duration> namespaceResync;
    final Flag<Duration> quotaResync;
    final Flag<Integer> endpointsPerSlice;
    final Flag<Integer> mirroredPerSubset;
    final Flag<Integer> terminatedPods;
    final Flag<Boolean> garbageCollector;
    final Flag<Duration> unusedTokens;
    private final Flag<Boolean> hostPathProvisioner;
    private final Flag<Boolean> provisioning;
    private final Flag<Duration> binderPeriod;
    private final Flag<Duration> hpaPeriod;
    private final Flag<Duration> hpaStabilization;
    private final Flag<Double> hpaTolerance;
    private final Flag<Duration> hpaCpuInitialization;
    private final Flag<Duration> hpaReadiness;
    private final List<Flag<Duration>> batches = new ArrayList<>();
    private final Map<String, Flag<Integer>> workers = new LinkedHashMap<>();

    LoopFlags(FlagSet flags) {
        FlagSection loops = flags.section("Controller flags");
        for (Map.Entry<String, Integer> entry : Map.ofEntries(
                        Map.entry("deployment", 5),
                        Map.entry("replicaset", 5),
                        Map.entry("job", 5),
                        Map.entry("service-endpoint", 5),
                        Map.entry("endpoint", 5),
                        Map.entry("gc", 20),
                        Map.entry("namespace", 10),
                        Map.entry("statefulset", 5),
                        Map.entry("daemonset", 2),
                        Map.entry("cron-job", 5),
                        Map.entry("rc", 5),
                        Map.entry("resource-quota", 5),
                        Map.entry("horizontal-pod-autoscaler", 5),
                        Map.entry("ttl-after-finished", 5),
                        Map.entry("ephemeralvolume", 5),
                        Map.entry("validating-admission-policy-status", 5),
                        Map.entry("serviceaccount-token", 5),
                        Map.entry("service", 1),
                        Map.entry("resourceclaim", 50),
                        Map.entry("device-taint-eviction", 8))
                .entrySet()) {
            String name = "concurrent-" + entry.getKey() + "-syncs";
            workers.put(
                    entry.getKey(), loops.int32(name, entry.getValue(), "How many are worked on at the same time."));
        }
        workers.put(
                "mirroring",
                loops.int32(
                        "mirroring-concurrent-service-endpoint-syncs", 5, "How many are worked on at the same time."));
        endpointsPerSlice = loops.int32("max-endpoints-per-slice", 100, "How many endpoints a slice has at most.");
        mirroredPerSubset =
                loops.int32("mirroring-max-endpoints-per-subset", 1000, "How many endpoints of a subset are mirrored.");
        for (String what : List.of("endpoint", "endpointslice", "mirroring-endpointslice")) {
            batches.add(loops.duration(
                    what + "-updates-batch-period",
                    Duration.ZERO,
                    "How long changes are gathered; only 0 is supported."));
        }
        garbageCollector = loops.bool("enable-garbage-collector", true, "Enables the garbage collector.");
        namespaceResync =
                loops.duration("namespace-sync-period", Duration.ofMinutes(5), "How often namespaces are looked at.");
        terminatedPods = loops.int32(
                "terminated-pod-gc-threshold", 12500, "Number of finished pods from which the oldest are deleted.");
        rootCa = loops.string("root-ca-file", "", "Root certificates for every namespace.");
        serviceAccountKey = loops.string(
                "service-account-private-key-file", "", "Key that signs Secret-based ServiceAccount tokens.");
        unusedTokens = loops.duration(
                "legacy-service-account-token-clean-up-period",
                Duration.ofHours(8760),
                "Time since the last use after which a Secret-based token is deleted.");
        quotaResync = loops.duration(
                "resource-quota-sync-period", Duration.ofMinutes(5), "How often quotas are counted anew.");
        hpaPeriod = loops.duration(
                "horizontal-pod-autoscaler-sync-period", Duration.ofSeconds(15), "How often pods are counted anew.");
        hpaStabilization = loops.duration(
                "horizontal-pod-autoscaler-downscale-stabilization",
                Duration.ofMinutes(5),
                "How far the autoscaler looks back before it scales down.");
        hpaTolerance =
                loops.decimal("horizontal-pod-autoscaler-tolerance", 0.1, "The least change of the ratio that scales.");
        hpaCpuInitialization = loops.duration(
                "horizontal-pod-autoscaler-cpu-initialization-period",
                Duration.ofMinutes(5),
                "How long after their start pods' CPU may be left out.");
        hpaReadiness = loops.duration(
                "horizontal-pod-autoscaler-initial-readiness-delay",
                Duration.ofSeconds(30),
                "How long after their start changes of readiness count as the first.");
        hostPathProvisioner = loops.bool(
                "enable-hostpath-provisioner", false, "Provision HostPath volumes, for tests and development.");
        provisioning = loops.bool("enable-dynamic-provisioning", true, "Enable dynamic provisioning.");
        binderPeriod =
                loops.duration("pvclaimbinder-sync-period", Duration.ofSeconds(15), "How often claims are looked at.");
        loops.duration(
                "attach-detach-reconcile-sync-period", Duration.ofMinutes(1), "How often attachments are looked at.");
        loops.bool("disable-attach-detach-reconcile-sync", false, "Do not look at attachments regularly.");
        loops.bool("disable-force-detach-on-timeout", false, "Never detach volumes of a node by force.");
        loops.string("flex-volume-plugin-dir", "", "Accepted; FlexVolume plugins are not supported.");
        loops.int32("pv-recycler-increment-timeout-nfs", 30, "Accepted; recycling is not supported.");
        loops.int32("pv-recycler-minimum-timeout-hostpath", 60, "Accepted; recycling is not supported.");
        loops.int32("pv-recycler-minimum-timeout-nfs", 300, "Accepted; recycling is not supported.");
        loops.string("pv-recycler-pod-template-filepath-hostpath", "", "Accepted; recycling is not supported.");
        loops.string("pv-recycler-pod-template-filepath-nfs", "", "Accepted; recycling is not supported.");
        loops.int32("pv-recycler-timeout-increment-hostpath", 30, "Accepted; recycling is not supported.");
    }

    void check(ParsedFlags flags, Problems problems) {
        for (Flag<Duration> batch : batches) {
            problems.require(flags.get(batch).isZero(), "--" + batch.name() + ": changes cannot be gathered");
        }
        range(flags.get(endpointsPerSlice), 1, 1000, "MaxEndpointsPerSlice", problems);
        range(flags.get(mirroredPerSubset), 1, 1000, "MirroringMaxEndpointsPerSubset", problems);
    }

    private static void range(int value, int least, int most, String what, Problems problems) {
        problems.require(value >= least, what + " can't be less than " + least + ", but got " + value);
        problems.require(value <= most, what + " can't be more than " + most + ", but got " + value);
    }

    private int of(ParsedFlags flags, String name) {
        Flag<Integer> flag = workers.get(name);
        if (flag == null) {
            throw new IllegalArgumentException("no such loop: " + name);
        }
        return Math.max(1, flags.get(flag));
    }

    ManagerConfig.Workers workers(ParsedFlags flags) {
        return new ManagerConfig.Workers(
                of(flags, "deployment"),
                of(flags, "replicaset"),
                of(flags, "job"),
                of(flags, "service-endpoint"),
                of(flags, "endpoint"),
                of(flags, "mirroring"),
                of(flags, "gc"),
                of(flags, "namespace"),
                of(flags, "statefulset"),
                of(flags, "daemonset"),
                of(flags, "cron-job"),
                of(flags, "rc"),
                of(flags, "resource-quota"),
                of(flags, "horizontal-pod-autoscaler"),
                of(flags, "ttl-after-finished"),
                of(flags, "ephemeralvolume"),
                of(flags, "validating-admission-policy-status"),
                of(flags, "serviceaccount-token"));
    }

    ManagerConfig.Storage storage(ParsedFlags flags) {
        return new ManagerConfig.Storage(
                flags.get(binderPeriod), flags.get(provisioning), flags.get(hostPathProvisioner));
    }

    ManagerConfig.Autoscaling autoscaling(ParsedFlags flags) {
        return new ManagerConfig.Autoscaling(
                flags.get(hpaPeriod),
                flags.get(hpaStabilization),
                flags.get(hpaTolerance),
                flags.get(hpaCpuInitialization),
                flags.get(hpaReadiness));
    }
}
