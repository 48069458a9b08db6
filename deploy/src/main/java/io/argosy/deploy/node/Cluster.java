package io.argosy.deploy.node;

import java.util.List;

/**
 * What is decided once for a cluster.
 *
 * @param podRange and {@code serviceRange}: CIDRs
 * @param nodePodRange the part of the pod range that this node's pods take their addresses from
 */
public record Cluster(
        String nodeName,
        String nodeAddress,
        String domain,
        String podRange,
        String nodePodRange,
        String serviceRange,
        String kubernetesServiceAddress,
        String dnsAddress) {

    public static final int API_PORT = 6443;

    /** The usual single node: pods in 10.244.0.0/16, Services in 10.96.0.0/12, as kubeadm users know them. */
    public static Cluster standard(String nodeName, String nodeAddress) {
        return new Cluster(
                nodeName,
                nodeAddress,
                "cluster.local",
                "10.244.0.0/16",
                "10.244.0.0/24",
                "10.96.0.0/12",
                "10.96.0.1",
                "10.96.0.10");
    }

    public String server() {
        return "https://" + nodeAddress + ":" + API_PORT;
    }

    public List<String> apiServerNames() {
        return List.of(
                "localhost",
                nodeName,
                "kubernetes",
                "kubernetes.default",
                "kubernetes.default.svc",
                "kubernetes.default.svc." + domain);
    }

    public List<String> apiServerAddresses() {
        return List.of("127.0.0.1", "::1", nodeAddress, kubernetesServiceAddress);
    }
}
