package io.argosy.kubeproxy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.daemon.config.ConfigTree;
import io.argosy.daemon.config.ConfigurationException;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.logging.LoggingFlags;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyConfigReaderTest {

    private static final String HEAD = "apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n";

    @TempDir
    private Path folder;

    private ProxyConfig flags(String... arguments) throws Exception {
        FlagSet flags = new FlagSet("kube-proxy", "");
        ProxyFlags own = new ProxyFlags(flags);
        new LoggingFlags(flags);
        return new ProxyConfigReader(own, flags.parse(List.of(arguments)), "Machine\n").read();
    }

    private ProxyConfig file(String fields, String... arguments) throws Exception {
        Path file = folder.resolve("config.yaml");
        Files.writeString(file, HEAD + fields);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--config=" + file);
        return flags(all.toArray(String[]::new));
    }

    private List<String> faults(String fields) {
        String text = String.valueOf(
                assertThrows(ConfigurationException.class, () -> file(fields)).getMessage());
        assertTrue(text.startsWith("failed validate: "), text);
        String list = text.substring("failed validate: ".length());
        return List.of((list.startsWith("[Kube") ? list.substring(1, list.length() - 1) : list)
                .replace("KubeProxyConfiguration.", "")
                .split(", (?=[A-Z][A-Za-z.]+(\\[\\d])?: )"));
    }

    @Test
    void flagsSetTheFieldsOfTheConfiguration() throws Exception {
        ProxyConfig config = flags(
                "--cluster-cidr=10.0.0.0/8,fd00::/64",
                "--iptables-sync-period=10s",
                "--iptables-min-sync-period=0s",
                "--masquerade-all",
                "--hostname-override=Foo",
                "--metrics-bind-address=192.0.2.1",
                "--healthz-bind-address=[::1]:99",
                "--nodeport-addresses=192.0.2.0/24",
                "--conntrack-udp-timeout=3s",
                "-v=5");
        assertEquals("foo", config.nodeName());
        assertEquals(List.of("10.0.0.0/8", "fd00::/64"), config.local().clusterRanges());
        assertEquals(new ProxyConfig.Rules(true, 14, Duration.ofSeconds(10), Duration.ZERO), config.rules());
        assertEquals(new ProxyConfig.Addresses("0.0.0.0", "[::1]:99", "192.0.2.1:10249", false), config.addresses());
        assertEquals(List.of("192.0.2.0/24"), config.nodePortAddresses());
        assertEquals(Duration.ofSeconds(3), config.flows().udp());
        assertEquals(5, config.logging().verbosity());
        assertEquals("3s", ConfigTree.get(config.tree(), "conntrack.udpTimeout").orElseThrow());
    }

    @Test
    void aFileTakesThePlaceOfFlagsButForTheNodesNameAndLogging() throws Exception {
        ProxyConfig config =
                file("logging: {verbosity: 2, format: json}\n", "--masquerade-all", "--hostname-override=N", "-v=4");
        assertFalse(config.rules().masqueradeAll());
        assertEquals("n", config.nodeName());
        assertEquals(4, config.logging().verbosity());
        assertTrue(config.logging().json());
        assertEquals(List.of("primary"), config.nodePortAddresses());
        assertEquals("0.0.0.0:10256", config.addresses().healthz());
    }

    @Test
    void zeroInAFileMeansTheDefaultAndAddressesFollowTheFamily() throws Exception {
        ProxyConfig config = file("""
                mode: ""
                bindAddress: "::"
                nftables: {syncPeriod: 0s, minSyncPeriod: 0s}
                clientConnection: {qps: 0, burst: 0}
                conntrack: {maxPerCore: 0, tcpEstablishedTimeout: 0s}
                healthzBindAddress: 192.0.2.1
                """);
        assertEquals(new ProxyConfig.Rules(false, 14, Duration.ofSeconds(30), Duration.ofSeconds(1)), config.rules());
        assertEquals("192.0.2.1:10256", config.addresses().healthz());
        assertEquals("[::1]:10249", config.addresses().metrics());
        assertEquals(5, config.server().qps());
        assertEquals(0, config.flows().mostPerCore());
        assertEquals(Duration.ZERO, config.flows().tcpEstablished());
        assertEquals(Duration.ofHours(1), config.flows().tcpCloseWait());
    }

    @Test
    void unknownFieldsAndFieldsThatAreThereTwiceAreLetPass() throws Exception {
        ProxyConfig config = file("foo: 1\nnftables: {bar: 2}\nmode: iptables\nmode: nftables\n");
        assertFalse(config.tree().containsKey("foo"));
        assertTrue(ConfigTree.get(config.tree(), "nftables.bar").isEmpty());
    }

    @Test
    void allFaultsAreToldAtOnce() {
        assertEquals(
                List.of(
                                "KubeProxyLinuxConfiguration.KubeProxyConntrackConfiguration.MaxPerCore: Invalid value: -1: must"
                                        + " be greater than or equal to 0",
                                "KubeProxyLinuxConfiguration.KubeProxyConntrackConfiguration.UDPTimeout: Invalid value: \"-5m0s\":"
                                        + " must be greater than or equal to 0",
                                "KubeProxyLinuxConfiguration.OOMScoreAdj: Invalid value: -9999: must be within the range"
                                        + " [-1000, 1000]",
                                "MetricsBindAddress: Invalid value: \"99999\": must be a valid port",
                                "HealthzBindAddress: Invalid value: \"foo\": must be IP:port",
                                "Mode.ProxyMode: Invalid value: \"foo\": must be nftables or blank",
                                "NodePortAddresses[0]: Invalid value: \"primary\": can't use both 'primary' and CIDRs",
                                "ShowHiddenMetricsForVersion: Invalid value: \"1.20\": must be omitted or have the value '1.35';"
                                        + " only the previous minor version is allowed")
                        .stream()
                        .sorted()
                        .toList(),
                faults("""
                        mode: foo
                        conntrack: {maxPerCore: -1, udpTimeout: -5m}
                        oomScoreAdj: -9999
                        healthzBindAddress: foo
                        metricsBindAddress: 1.2.3.4:99999
                        nodePortAddresses: [primary, 1.2.3.4/32]
                        showHiddenMetricsForVersion: "1.20"
                        """).stream().sorted().toList());
    }

    @Test
    void whatOtherBackEndsDoIsRefusedByName() {
        for (String mode : List.of("iptables", "ipvs")) {
            assertEquals(
                    List.of("Mode.ProxyMode: Unsupported value: \"" + mode + "\": this kube-proxy has no " + mode
                            + " back end; supported values: \"nftables\""),
                    faults("mode: " + mode + "\n"));
        }
    }

    @Test
    void waysToKnowLocalTrafficNeedWhatTheyGoBy() {
        assertEquals(
                List.of("DetectLocalConfiguration.InterfaceName: Invalid value: \"\": must not be empty"),
                faults("detectLocalMode: BridgeInterface\n"));
        assertEquals(
                List.of("DetectLocalConfiguration.ClusterCIDRs[0]: Invalid value: \"foo\": must be a valid CIDR block"
                        + " (e.g. 10.100.0.0/16 or fde4:8dba:82e1::/48)"),
                faults("clusterCIDR: foo\n"));
        assertTrue(faults("clusterCIDR: 10.0.0.0/8,11.0.0.0/8\n").getFirst().contains("dual-stack pair"));
    }

    @Test
    void typesThatDoNotFitAreToldWithTheirFields() {
        String text = String.valueOf(
                assertThrows(ConfigurationException.class, () -> file("conntrack: {maxPerCore: x, min: {}}\n"))
                        .getMessage());
        assertEquals(
                "failed complete: failed to decode: field \"conntrack.maxPerCore\" is not a integer, field"
                        + " \"conntrack.min\" is not a integer",
                text);
    }
}
