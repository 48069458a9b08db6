package io.argosy.controllermanager.manager;

import io.argosy.daemon.config.Problems;
import io.argosy.daemon.flags.Flag;
import io.argosy.daemon.flags.FlagSection;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.flags.ParsedFlags;
import java.time.Duration;
import java.util.List;

/** The flags of the process as a whole. */
final class GenericFlags {

    final Flag<String> kubeconfig;
    final Flag<String> master;
    final Flag<Double> qps;
    final Flag<Integer> burst;
    final Flag<List<String>> controllers;
    final Flag<Boolean> ownIdentities;
    final Flag<Duration> shutdown;
    final Flag<Boolean> leaderElect;
    final Flag<Duration> leaseDuration;
    final Flag<Duration> renewDeadline;
    final Flag<Duration> retryPeriod;
    final Flag<String> leaseName;
    final Flag<String> leaseNamespace;
    private final Flag<String> leaseKind;

    GenericFlags(FlagSet flags) {
        FlagSection debugging = flags.section("Debugging flags");
        debugging.bool("contention-profiling", false, "Accepted; the JVM has its own profilers");
        debugging.bool("profiling", true, "Accepted; the JVM has its own profilers");
        FlagSection migration = flags.section("Leader-migration flags");
        migration.bool("enable-leader-migration", false, "Whether to enable controller leader migration.");
        migration.string("leader-migration-config", "", "Path to the config file for controller leader migration.");
        FlagSection section = flags.section("Generic flags");
        controllers = section.strings(
                "controllers",
                List.of("*"),
                "Controllers to enable: '*' all that are on by default, 'foo' the one named so, '-foo' disables it.\n"
                        + "All controllers: " + String.join(", ", ControllerNames.ALL) + "\n"
                        + "Disabled-by-default controllers: "
                        + String.join(", ", ControllerNames.OFF_BY_DEFAULT));
        ownIdentities = section.bool(
                "use-service-account-credentials",
                false,
                "If true, use individual service account credentials for each controller.");
        shutdown = section.duration(
                "controller-shutdown-timeout",
                Duration.ofSeconds(10),
                "Time to wait for the controllers to shut down before terminating the executable");
        section.duration("controller-start-interval", Duration.ZERO, "Interval between starting controller managers.");
        section.duration(
                "min-resync-period",
                Duration.ofHours(12),
                "The resync period in reflectors will be random between MinResyncPeriod and 2*MinResyncPeriod.");
        section.string("cluster-name", "kubernetes", "The instance prefix for the cluster.");
        section.string("cloud-provider", "", "The provider for cloud services. Empty string for no provider.");
        section.string("cloud-config", "", "The path to the cloud provider configuration file.");
        section.bool("configure-cloud-routes", true, "Whether a cloud provider makes routes for node CIDRs.");
        section.string("external-cloud-volume-plugin", "", "The plugin to use when cloud provider is set to external.");
        section.duration(
                "route-reconciliation-period", Duration.ofSeconds(10), "The period for reconciling cloud routes.");
        section.map("feature-gates", "Pairs of key=true|false that switch features on and off.");
        section.strings("emulated-version", List.of(), "The versions that components emulate.");
        section.strings("min-compatibility-version", List.of(), "The oldest version to be compatible with.");
        qps = section.decimal("kube-api-qps", 20, "QPS to use while talking with kubernetes apiserver.");
        burst = section.int32("kube-api-burst", 30, "Burst to use while talking with kubernetes apiserver.");
        section.string(
                "kube-api-content-type",
                "application/vnd.kubernetes.protobuf",
                "Content type of requests sent to apiserver.");
        leaderElect = section.bool("leader-elect", true, "Gain leadership before executing the main loop.");
        leaseDuration = section.duration(
                "leader-elect-lease-duration",
                Duration.ofSeconds(15),
                "How long non-leaders wait after a renewal before they take the lease.");
        renewDeadline = section.duration(
                "leader-elect-renew-deadline",
                Duration.ofSeconds(10),
                "How long the leader tries to renew before it gives up.");
        retryPeriod = section.duration(
                "leader-elect-retry-period",
                Duration.ofSeconds(2),
                "The time between attempts to get or renew the lease.");
        leaseKind = section.string(
                "leader-elect-resource-lock",
                "leases",
                "The type of resource object that is used for locking. Supported options are 'leases'.");
        leaseName =
                section.string("leader-elect-resource-name", "kube-controller-manager", "The name of the lock object.");
        leaseNamespace =
                section.string("leader-elect-resource-namespace", "kube-system", "The namespace of the lock object.");
        FlagSection misc = flags.section("Misc flags");
        kubeconfig = misc.string("kubeconfig", "", "Path to kubeconfig file with authorization and master location.");
        master = misc.string("master", "", "The address of the Kubernetes API server (overrides kubeconfig).");
        misc.bool(
                "unsupported-kube-api-over-localhost",
                false,
                "when set makes KCM prefer talking to localhost kube-apiserver");
        FlagSection metrics = flags.section("Metrics flags");
        metrics.map("allow-metric-labels", "The map from metric-label to value allow-list of this label.");
        metrics.string("allow-metric-labels-manifest", "", "The path to the file with the allow-list mapping.");
        metrics.strings("disabled-metrics", List.of(), "Names of metrics to leave out.");
        metrics.string("show-hidden-metrics-for-version", "", "The previous version for which to show hidden metrics.");
    }

    void check(ParsedFlags flags, Problems problems) {
        for (String name : ManagerFlags.unknown(flags.get(controllers), ControllerNames.ALL)) {
            problems.add("\"" + name + "\" is not in the list of known controllers");
        }
        for (String name : ControllerNames.askedButMissing(flags.get(controllers))) {
            problems.add("controller \"" + name + "\" is not part of this distribution");
        }
        if (flags.get(leaderElect) && !flags.get(leaseKind).equals("leases")) {
            problems.add("resourceLock: Invalid value: \"" + flags.get(leaseKind)
                    + "\": resourceLock value must be \"leases\"");
        }
    }
}
