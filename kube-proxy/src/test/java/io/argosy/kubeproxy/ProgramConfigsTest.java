package io.argosy.kubeproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.logging.LoggingFlags;
import io.argosy.kubeproxy.config.ProxyConfigReader;
import io.argosy.kubeproxy.config.ProxyFlags;
import io.argosy.kubeproxy.model.IpFamily;
import io.argosy.kubeproxy.model.NodeView;
import io.argosy.kubeproxy.program.LocalTraffic;
import io.argosy.kubeproxy.program.NftProgram;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgramConfigsTest {

    private static final NodeView NODE =
            new NodeView(List.of("192.0.2.1", "fd00::1"), List.of("10.1.0.0/24", "fd00:1::/64"), "z");

    private static NftProgram.Config config(IpFamily family, String... arguments) throws Exception {
        FlagSet flags = new FlagSet("kube-proxy", "");
        ProxyFlags own = new ProxyFlags(flags);
        new LoggingFlags(flags);
        return new ProgramConfigs(new ProxyConfigReader(own, flags.parse(List.of(arguments)), "n").read())
                .config(family, NODE);
    }

    @Test
    void localTrafficIsKnownInFourWays() throws Exception {
        assertEquals(LocalTraffic.unknown(), config(IpFamily.IPV4).local());
        assertEquals(
                new LocalTraffic("ip6 saddr fd00::/8", "ip6 saddr != fd00::/8"),
                config(IpFamily.IPV6, "--cluster-cidr=10.0.0.0/8,fd00::/8").local());
        assertEquals(
                new LocalTraffic("ip saddr 10.1.0.0/24", "ip saddr != 10.1.0.0/24"),
                config(IpFamily.IPV4, "--detect-local-mode=NodeCIDR").local());
        assertEquals(
                new LocalTraffic("iifname \"cni0\"", "iifname != \"cni0\""),
                config(IpFamily.IPV4, "--detect-local-mode=BridgeInterface", "--pod-bridge-interface=cni0")
                        .local());
        assertEquals(
                new LocalTraffic("iifname \"veth*\"", "iifname != \"veth*\""),
                config(IpFamily.IPV4, "--detect-local-mode=InterfaceNamePrefix", "--pod-interface-name-prefix=veth")
                        .local());
    }

    @Test
    void nodePortsAreOnThePrimaryAddressesUnlessToldOtherwise() throws Exception {
        assertEquals(
                List.of("192.0.2.1/32", "fd00::1/128"), config(IpFamily.IPV4).nodePortRanges());
        assertEquals(
                List.of("0.0.0.0/0"),
                config(IpFamily.IPV4, "--nodeport-addresses=0.0.0.0/0").nodePortRanges());
    }

    @Test
    void aNodesAddressesAreInternalBeforeExternalAndWhatTheOperatorSaysBeforeBoth() {
        var node = Optional.of(new NodeBuilder()
                .withNewMetadata()
                .addToLabels("topology.kubernetes.io/zone", "z")
                .endMetadata()
                .withNewSpec()
                .withPodCIDRs("10.1.0.0/24")
                .endSpec()
                .withNewStatus()
                .addNewAddress("203.0.113.1", "ExternalIP")
                .addNewAddress("fd00::1", "ExternalIP")
                .addNewAddress("192.0.2.1", "InternalIP")
                .addNewAddress("192.0.2.2", "InternalIP")
                .addNewAddress("n", "Hostname")
                .endStatus()
                .build());
        assertEquals(
                new NodeView(List.of("192.0.2.1", "fd00::1"), List.of("10.1.0.0/24"), "z"),
                NodeView.of(node, "0.0.0.0"));
        assertEquals(
                List.of("192.0.2.9", "fd00::1"), NodeView.of(node, "192.0.2.9").addresses());
        assertEquals(new NodeView(List.of(), List.of(), ""), NodeView.of(Optional.empty(), "::"));
        assertEquals(List.of(), NodeView.of(Optional.empty(), "127.0.0.1").primaryRanges());
    }
}
