package io.argosy.scheduler.config;

import io.argosy.daemon.config.ConfigurationException;
import io.argosy.daemon.config.Problems;
import io.argosy.daemon.flags.Flag;
import io.argosy.daemon.flags.FlagSection;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.flags.ParsedFlags;
import io.argosy.scheduler.config.SchedulerConfig.LeaderElection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The flags of kube-scheduler; a configuration file takes the place of the deprecated ones and of leader election. */
public final class SchedulerFlags {

    private final Flag<String> config;
    private final Flag<String> master;
    private final Flag<String> writeConfig;
    private final GenericFlags generic;
    private final ServingFlags serving;
    private final Flag<String> kubeconfig;
    private final Flag<Double> qps;
    private final Flag<Integer> burst;
    private final Flag<Duration> maxUnschedulable;
    private final Flag<Boolean> elect;
    private final Flag<Duration> leaseDuration;
    private final Flag<Duration> renewDeadline;
    private final Flag<Duration> retryPeriod;
    private final Flag<String> lock;
    private final Flag<String> lockName;
    private final Flag<String> lockNamespace;

    public SchedulerFlags(FlagSet flags) {
        FlagSection misc = flags.section("Misc");
        config = misc.string("config", "", "The path to the configuration file.");
        master = misc.string(
                "master", "", "The address of the Kubernetes API server (overrides any value in kubeconfig)");
        writeConfig =
                misc.string("write-config-to", "", "If set, write the configuration values to this file and exit.");
        misc.bool(
                "unsupported-kube-api-over-localhost",
                false,
                "Accepted for compatibility: the scheduler talks to the server of its kubeconfig.");
        serving = new ServingFlags(flags);
        generic = new GenericFlags(flags);
        FlagSection old = flags.section("Deprecated");
        String ignored = " This parameter is ignored if a config file is specified in --config.";
        old.bool("contention-profiling", true, "DEPRECATED: has no effect." + ignored);
        old.bool("profiling", true, "DEPRECATED: has no effect." + ignored);
        old.string(
                "kube-api-content-type",
                "application/vnd.kubernetes.protobuf",
                "DEPRECATED: content type of requests sent to apiserver." + ignored);
        burst = old.int32(
                "kube-api-burst", 100, "DEPRECATED: burst to use while talking with the apiserver." + ignored);
        qps = old.decimal("kube-api-qps", 50, "DEPRECATED: QPS to use while talking with the apiserver." + ignored);
        kubeconfig = old.string(
                "kubeconfig",
                "",
                "DEPRECATED: path to kubeconfig file with authorization and master location information." + ignored);
        maxUnschedulable = old.duration(
                "pod-max-in-unschedulable-pods-duration",
                Duration.ofMinutes(5),
                "DEPRECATED: the maximum time a pod can stay unschedulable without being tried again.");
        FlagSection leader = flags.section("Leader election");
        elect = leader.bool("leader-elect", true, "Gain leadership before scheduling anything.");
        leaseDuration = leader.duration(
                "leader-elect-lease-duration", Duration.ofSeconds(15), "How long a lease holds without renewal.");
        renewDeadline = leader.duration(
                "leader-elect-renew-deadline",
                Duration.ofSeconds(10),
                "After which a leader that cannot renew its lease stops leading.");
        retryPeriod = leader.duration(
                "leader-elect-retry-period", Duration.ofSeconds(2), "How long to wait between attempts.");
        lock = leader.string("leader-elect-resource-lock", "leases", "The type of resource object used for locking.");
        lockName = leader.string("leader-elect-resource-name", "kube-scheduler", "The name of the lease.");
        lockNamespace = leader.string("leader-elect-resource-namespace", "kube-system", "The namespace of the lease.");
    }

    public SchedulerConfig read(ParsedFlags parsed) throws ConfigurationException {
        SchedulerConfig fromFlags = fromFlags(parsed);
        String file = parsed.get(config);
        SchedulerConfig result = file.isEmpty() ? fromFlags : new SchedulerConfigFile(Path.of(file)).read(fromFlags);
        Problems problems = new Problems();
        problems.require(
                parsed.get(lock).equals("leases"),
                "leaderElection.resourceLock: Invalid value: \"" + parsed.get(lock)
                        + "\": resourceLock value must be \"leases\"");
        generic.check(parsed, problems);
        serving.check(parsed, problems);
        result.leaderElection().ifPresent(election -> check(election, problems));
        problems.throwIfAny();
        return result;
    }

    /** The file that shall get the configuration instead of a scheduler that starts. */
    public Optional<Path> writeConfigTo(ParsedFlags parsed) {
        return Optional.of(parsed.get(writeConfig))
                .filter(path -> !path.isEmpty())
                .map(Path::of);
    }

    private static void check(LeaderElection election, Problems problems) {
        problems.require(
                election.leaseDuration().compareTo(election.renewDeadline()) > 0,
                "leaderElection.leaseDuration: Invalid value: LeaseDuration must be greater than RenewDeadline");
        problems.require(
                election.renewDeadline().compareTo(election.retryPeriod()) > 0,
                "leaderElection.renewDeadline: Invalid value: RenewDeadline must be greater than RetryPeriod");
    }

    private SchedulerConfig fromFlags(ParsedFlags parsed) {
        Optional<LeaderElection> election = parsed.get(elect)
                ? Optional.of(new LeaderElection(
                        parsed.get(lockNamespace),
                        parsed.get(lockName),
                        parsed.get(leaseDuration),
                        parsed.get(renewDeadline),
                        parsed.get(retryPeriod)))
                : Optional.empty();
        return new SchedulerConfig(
                parsed.get(kubeconfig),
                parsed.get(master),
                parsed.get(qps),
                parsed.get(burst),
                election,
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                parsed.get(maxUnschedulable),
                16,
                0,
                List.of(ProfileConfig.standard()),
                serving.read(parsed));
    }
}
