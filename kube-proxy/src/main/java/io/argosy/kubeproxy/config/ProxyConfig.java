package io.argosy.kubeproxy.config;

import io.argosy.daemon.logging.LoggingConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What kube-proxy runs with.
 *
 * @param nodeName this node
 * @param nodePortAddresses ranges of node addresses that answer on node ports, or {@code primary} alone
 * @param oomScoreAdj how willingly the kernel ends this process when memory is short, -1000 to 1000
 * @param tree all of it as a KubeProxyConfiguration, as {@code /configz} shows it
 */
public record ProxyConfig(
        Server server,
        String nodeName,
        Addresses addresses,
        Rules rules,
        Local local,
        List<String> nodePortAddresses,
        Flows flows,
        int oomScoreAdj,
        LoggingConfig logging,
        Map<String, Object> tree) {

    public ProxyConfig {
        nodePortAddresses = List.copyOf(nodePortAddresses);
    }

    /**
     * The API server.
     *
     * @param kubeconfig file, or empty for the in-cluster configuration
     * @param master overrides the kubeconfig's server; may be empty
     */
    public record Server(String kubeconfig, String master, double qps, int burst) {}

    /**
     * Where it listens, each {@code address:port}, or empty for nowhere.
     *
     * @param bind this node's primary address; unspecified: that of the Node object
     * @param hardFail whether an address that cannot be listened on ends the proxy; if not, it is tried again
     */
    public record Addresses(String bind, String healthz, String metrics, boolean hardFail) {}

    /**
     * What the rules do.
     *
     * @param syncPeriod how often the kernel's table is looked after
     * @param minSyncPeriod the longest pause after a change of the rules
     */
    public record Rules(boolean masqueradeAll, int masqueradeBit, Duration syncPeriod, Duration minSyncPeriod) {}

    /**
     * How traffic of this node's pods is known.
     *
     * @param clusterRanges pods' addresses, at most one range a family
     */
    public record Local(Mode mode, String bridge, String prefix, List<String> clusterRanges) {

        public Local {
            clusterRanges = List.copyOf(clusterRanges);
        }

        /** {@code detectLocalMode}. */
        public enum Mode {
            CLUSTER_RANGE,
            NODE_RANGE,
            BRIDGE,
            INTERFACE_PREFIX
        }
    }

    /** The kernel's connection tracking; zero leaves a setting as it is. */
    public record Flows(
            int mostPerCore,
            int least,
            Duration tcpEstablished,
            Duration tcpCloseWait,
            boolean tcpLiberal,
            Duration udp,
            Duration udpStream) {}
}
