package io.argosy.kubeproxy.model;

import java.util.List;
import java.util.OptionalInt;

/**
 * One port of a Service in one IP family.
 *
 * @param protocol in lower case, as nftables names it
 * @param clusterIp the Service's address
 * @param nodePort 0 for none
 * @param externalIps addresses by which the node also answers
 * @param loadBalancerIps those that are proxied here ({@code ipMode} VIP)
 * @param sourceRanges who may use the load balancer addresses; empty for everybody
 * @param affinitySeconds how long a client stays with its endpoint, when it does
 * @param internalLocal {@code internalTrafficPolicy: Local}
 * @param externalLocal {@code externalTrafficPolicy: Local}
 * @param healthCheckNodePort 0 for none
 */
public record ServicePort(
        ServicePortName name,
        String protocol,
        String clusterIp,
        int port,
        int nodePort,
        List<String> externalIps,
        List<String> loadBalancerIps,
        List<String> sourceRanges,
        OptionalInt affinitySeconds,
        boolean internalLocal,
        boolean externalLocal,
        int healthCheckNodePort) {

    public ServicePort {
        externalIps = List.copyOf(externalIps);
        loadBalancerIps = List.copyOf(loadBalancerIps);
        sourceRanges = List.copyOf(sourceRanges);
    }

    /** Whether anything but the cluster address leads here. */
    public boolean external() {
        return nodePort > 0 || !externalIps.isEmpty() || !loadBalancerIps.isEmpty();
    }
}
