package io.argosy.kubeproxy.config;

import java.time.Duration;
import java.util.List;

/**
 * What kube-proxy runs with.
 *
 * @param kubeconfig file, or empty for the in-cluster configuration
 * @param master overrides the kubeconfig's server; may be empty
 * @param nodeName this node
 * @param healthzAddress {@code address:port} of the health check server, or empty for none
 * @param metricsAddress {@code address:port} of the metrics server, or empty for none
 * @param clusterRanges pods' addresses, at most one range a family
 * @param nodePortAddresses ranges of node addresses that answer on node ports, or {@code primary}; empty for all
 * @param syncPeriod how often the kernel's table is looked after
 * @param minSyncPeriod the longest pause after a change of the rules
 */
public record ProxyConfig(
        String kubeconfig,
        String master,
        double qps,
        int burst,
        String nodeName,
        String healthzAddress,
        String metricsAddress,
        List<String> clusterRanges,
        boolean masqueradeAll,
        int masqueradeBit,
        List<String> nodePortAddresses,
        Duration syncPeriod,
        Duration minSyncPeriod,
        int conntrackMaxPerCore,
        int conntrackMin) {

    public ProxyConfig {
        clusterRanges = List.copyOf(clusterRanges);
        nodePortAddresses = List.copyOf(nodePortAddresses);
    }
}
