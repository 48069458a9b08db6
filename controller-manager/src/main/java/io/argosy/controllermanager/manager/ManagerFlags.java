package io.argosy.controllermanager.manager;

import io.argosy.client.kubeconfig.ClientConfig;
import io.argosy.client.kubeconfig.Kubeconfig;
import io.argosy.client.leader.LeaderIdentity;
import io.argosy.client.leader.LeaseConfig;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.config.ConfigurationException;
import io.argosy.daemon.config.Problems;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.flags.ParsedFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From a command line to a checked {@link ManagerConfig}; the groups of flags declare themselves. */
final class ManagerFlags {

    private final GenericFlags generic;
    private final ServingFlags serving;
    private final LoopFlags loops;
    private final NodeFlags nodes;
    private final SigningFlags signing;

    ManagerFlags(FlagSet flags) {
        generic = new GenericFlags(flags);
        serving = new ServingFlags(flags);
        nodes = new NodeFlags(flags);
        signing = new SigningFlags(flags);
        loops = new LoopFlags(flags);
    }

    ManagerConfig read(ParsedFlags flags, Clock clock) throws ConfigurationException {
        Problems problems = new Problems();
        generic.check(flags, problems);
        serving.check(flags, problems);
        nodes.check(flags, problems);
        loops.check(flags, problems);
        Optional<LeaseConfig> lease = lease(flags, serving.read(flags));
        lease.ifPresent(config -> config.problems().forEach(problems::add));
        String rootCertificates = file(flags.get(loops.rootCa), problems);
        problems.throwIfAny();
        return new ManagerConfig(
                client(flags, clock),
                serving.read(flags),
                lease,
                flags.get(generic.controllers),
                flags.get(generic.ownIdentities),
                rootCertificates,
                flags.get(loops.serviceAccountKey),
                loops.workers(flags),
                nodes.read(flags),
                signing.read(flags),
                flags.get(loops.namespaceResync),
                flags.get(loops.quotaResync),
                flags.get(loops.endpointsPerSlice),
                flags.get(loops.mirroredPerSubset),
                flags.get(loops.terminatedPods),
                flags.get(loops.garbageCollector),
                loops.storage(flags),
                flags.get(loops.unusedTokens),
                loops.autoscaling(flags),
                flags.get(generic.shutdown));
    }

    private ClientConfig client(ParsedFlags flags, Clock clock) throws ConfigurationException {
        return Kubeconfig.forDaemon(flags.get(generic.kubeconfig), flags.get(generic.master), clock)
                .withLimit(flags.get(generic.qps), flags.get(generic.burst));
    }

    private Optional<LeaseConfig> lease(ParsedFlags flags, ManagerConfig.Serving serving) {
        if (!flags.get(generic.leaderElect)) {
            return Optional.empty();
        }
        LeaseConfig standard = LeaseConfig.standard(
                flags.get(generic.leaseNamespace),
                flags.get(generic.leaseName),
                LeaderIdentity.of(serving.address(), serving.port()));
        return Optional.of(new LeaseConfig(
                standard.lease(),
                standard.identity(),
                flags.get(generic.leaseDuration),
                flags.get(generic.renewDeadline),
                flags.get(generic.retryPeriod)));
    }

    private static String file(String path, Problems problems) {
        if (path.isEmpty()) {
            return "";
        }
        try {
            return Files.readString(Path.of(path));
        } catch (IOException e) {
            problems.add("error reading root-ca-file at " + path + ": " + e.getMessage());
            return "";
        }
    }

    /** Which names {@code --controllers} has that no controller has. */
    static List<String> unknown(List<String> wanted, List<String> known) {
        List<String> unknown = new ArrayList<>();
        for (String name : wanted) {
            String bare = name.startsWith("-") ? name.substring(1) : name;
            if (!bare.equals("*") && !known.contains(bare) && !ControllerNames.ALIASES.containsKey(bare)) {
                unknown.add(bare);
            }
        }
        return unknown;
    }
}
