package io.argosy.kubeproxy;

import io.argosy.kubeproxy.config.ProxyConfig;
import io.argosy.kubeproxy.model.EndpointChoice;
import io.argosy.kubeproxy.model.IpFamily;
import io.argosy.kubeproxy.model.NodeView;
import io.argosy.kubeproxy.program.LocalTraffic;
import io.argosy.kubeproxy.program.NftProgram;
import java.util.List;

/** What the rules of a family take from the configuration and from the node as it is now. Pure. */
final class ProgramConfigs {

    private final ProxyConfig config;

    ProgramConfigs(ProxyConfig config) {
        this.config = config;
    }

    NftProgram.Config config(IpFamily family, NodeView node) {
        return new NftProgram.Config(
                local(family, node),
                config.rules().masqueradeAll(),
                1 << config.rules().masqueradeBit(),
                config.nodePortAddresses().equals(List.of("primary"))
                        ? node.primaryRanges()
                        : config.nodePortAddresses(),
                new EndpointChoice.Place(config.nodeName(), node.zone()));
    }

    private LocalTraffic local(IpFamily family, NodeView node) {
        return switch (config.local().mode()) {
            case CLUSTER_RANGE ->
                LocalTraffic.from(family, first(family, config.local().clusterRanges()));
            case NODE_RANGE -> LocalTraffic.from(family, first(family, node.podRanges()));
            case BRIDGE -> LocalTraffic.through(config.local().bridge());
            case INTERFACE_PREFIX -> LocalTraffic.throughAny(config.local().prefix());
        };
    }

    private static String first(IpFamily family, List<String> ranges) {
        return ranges.stream().filter(family::has).findFirst().orElse("");
    }
}
