package io.argosy.kubeproxy;

import io.argosy.kubeproxy.config.ProxyConfig;
import io.argosy.kubeproxy.conntrack.ConntrackSettings;
import io.argosy.kubeproxy.model.IpFamily;
import io.argosy.kubeproxy.nftables.Nft;
import io.argosy.kubeproxy.program.Ruleset;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the proxy does to its machine besides keeping rules. */
final class Privileged {

    private static final Logger LOG = LoggerFactory.getLogger(Privileged.class);

    private Privileged() {}

    /** Settings that need more than the right to administer the network; {@code --init-only} is this alone. */
    static void initialize(ProxyConfig.Flows flows) throws IOException {
        try {
            ConntrackSettings settings = new ConntrackSettings();
            settings.limit(ConntrackSettings.most(
                    flows.mostPerCore(), flows.least(), Runtime.getRuntime().availableProcessors()));
            settings.timeouts(
                    flows.tcpEstablished(), flows.tcpCloseWait(), flows.tcpLiberal(), flows.udp(), flows.udpStream());
        } catch (IOException | NumberFormatException e) {
            throw new IOException(
                    "could not set conntrack parameters from kube-proxy configuration: " + e.getMessage(), e);
        }
    }

    /** Takes the tables out of the kernel. */
    static void cleanUp(Nft nft) throws IOException {
        for (IpFamily family : IpFamily.values()) {
            if (nft.hasTable(family.nftName(), Ruleset.TABLE)) {
                nft.run("delete table " + family.nftName() + " " + Ruleset.TABLE + "\n");
                LOG.info("removed the rules family={}", family.nftName());
            }
        }
    }
}
