package io.argosy.controllermanager.manager;

import io.argosy.client.kubeconfig.ClientConfig;
import io.argosy.client.leader.LeaseConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the controller manager runs with; checked.
 *
 * @param lease empty to lead at once
 * @param controllers names, {@code *}, and names after a minus
 * @param ownIdentities whether each controller has a ServiceAccount of its own
 * @param mirroredPerSubset how many addresses of a subset of Endpoints are mirrored, and stand in one slice
 * @param unusedTokens how long Secret-based tokens of old may be unused before they go
 * @param rootCertificates PEM for the root certificate publisher; empty runs none
 */
record ManagerConfig(
        ClientConfig client,
        Serving serving,
        Optional<LeaseConfig> lease,
        List<String> controllers,
        boolean ownIdentities,
        String rootCertificates,
        String serviceAccountKey,
        Workers workers,
        Nodes nodes,
        Signing signing,
        Duration namespaceResync,
        Duration quotaResync,
        int maxEndpointsPerSlice,
        int mirroredPerSubset,
        int terminatedPods,
        boolean garbageCollector,
        Storage storage,
        Duration unusedTokens,
        Autoscaling autoscaling,
        Duration shutdown) {

    ManagerConfig {
        controllers = List.copyOf(controllers);
    }

    /** @param port 0 for none */
    record Serving(
            String address,
            int port,
            String certFile,
            String keyFile,
            String certDir,
            boolean http2,
            int streams,
            String oldestProtocol,
            List<String> cipherSuites,
            String clientCaFile,
            List<String> alwaysAllowed) {
        Serving {
            cipherSuites = List.copyOf(cipherSuites);
            alwaysAllowed = List.copyOf(alwaysAllowed);
        }
    }

    /** How many keys each loop works on at once. */
    record Workers(
            int deployment,
            int replicaSet,
            int job,
            int endpointSlice,
            int endpoints,
            int mirroring,
            int gc,
            int namespace,
            int statefulSet,
            int daemonSet,
            int cronJob,
            int replicationController,
            int resourceQuota,
            int autoscaler,
            int ttlAfterFinished,
            int ephemeralVolume,
            int policyStatus,
            int serviceAccountToken) {}

    /** @param clusterCidrs ranges of which nodes get their pods' addresses, at most one of a family; empty for none */
    record Nodes(
            List<String> clusterCidrs,
            List<String> serviceCidrs,
            int maskV4,
            int maskV6,
            Duration monitorPeriod,
            Duration monitorGrace,
            Duration startupGrace,
            double evictionRate,
            double secondaryRate,
            int largeCluster,
            double unhealthyZone) {
        Nodes {
            clusterCidrs = List.copyOf(clusterCidrs);
            serviceCidrs = List.copyOf(serviceCidrs);
        }
    }

    /** Certificate and key files by signer name. */
    record Signing(Map<String, Pair> bySigner, Duration duration) {
        Signing {
            bySigner = Map.copyOf(bySigner);
        }

        /** Certificate and key file by signer name. */
        Map<String, Map.Entry<Path, Path>> files() {
            return bySigner.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            entry -> Map.entry(
                                    Path.of(entry.getValue().certificate()),
                                    Path.of(entry.getValue().key()))));
        }
    }

    record Pair(String certificate, String key) {}

    /** @param hostPaths whether folders of this machine may become volumes */
    record Storage(Duration binderPeriod, boolean provisioning, boolean hostPaths) {}

    record Autoscaling(
            Duration period,
            Duration stabilization,
            double tolerance,
            Duration cpuInitialization,
            Duration initialReadiness) {}
}
