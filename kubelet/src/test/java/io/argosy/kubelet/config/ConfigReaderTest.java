package io.argosy.kubelet.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.published.PublishedSpec;
import io.argosy.daemon.config.ConfigTree;
import io.argosy.daemon.config.ConfigurationException;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.logging.LoggingFlags;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ConfigReaderTest {

    private static final String HEAD = "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n";

    @TempDir
    private Path folder;

    private static KubeletConfig flags(String... arguments) throws Exception {
        FlagSet flags = new FlagSet("kubelet", "");
        KubeletFlags own = new KubeletFlags(flags);
        new LoggingFlags(flags);
        return new ConfigReader(flags, own, flags.parse(List.of(arguments))).read();
    }

    private KubeletConfig file(String fields, String... arguments) throws Exception {
        Path file = folder.resolve("config.yaml");
        Files.writeString(file, HEAD + fields);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--config=" + file);
        return flags(all.toArray(String[]::new));
    }

    private void drop(String name, String fields) throws Exception {
        Path drop = folder.resolve("drops").resolve(name);
        Files.createDirectories(drop.getParent());
        Files.writeString(drop, HEAD + fields);
    }

    private String fault(String fields) {
        return String.valueOf(
                assertThrows(ConfigurationException.class, () -> file(fields)).getMessage());
    }

    private void refused(String field, String fields) {
        String text = fault(fields);
        assertTrue(text.contains(field + " is not supported: "), text);
    }

    @Test
    void theConfigurationIsShownWithAllItsDefaults() throws Exception {
        Map<?, ?> published = JsonMapper.builder()
                .build()
                .readValue(Files.readAllBytes(PublishedSpec.folder("configz").resolve("kubelet.json")), Map.class);
        KubeletConfig config = file("""
                staticPodPath: /m
                tlsCertFile: /c
                tlsPrivateKeyFile: /k
                clusterDomain: cluster.local
                clusterDNS: [10.96.0.10]
                authentication: {x509: {clientCAFile: /ca}}
                """);
        assertEquals(fields((Map<?, ?>) published.get("kubeletconfig"), ""), fields(config.tree(), ""));
    }

    /** The paths of all fields; what lists contain is not looked at. */
    private static Set<String> fields(Map<?, ?> object, String path) {
        Set<String> found = new TreeSet<>();
        object.forEach((name, value) -> {
            String here = path + "/" + name;
            if (value instanceof Map<?, ?> map && !map.isEmpty()) {
                found.addAll(fields(map, here));
            } else {
                found.add(here);
            }
        });
        return found;
    }

    @Test
    void flagsWinOverDropInsAndThoseOverTheFile() throws Exception {
        drop("20-b.conf", "maxPods: 60\nevictionHard: {memory.available: 200Mi}\n");
        drop("10-a.conf", "maxPods: 50\npodsPerCore: 7\n");
        drop("sub/30-c.conf", "clusterDNS: [10.0.0.9]\n");
        drop("40-d.yaml", "maxPods: 1\n");
        KubeletConfig config = file(
                "maxPods: 40\nclusterDNS: [10.0.0.1, 10.0.0.2]\nevictionHard: {nodefs.available: 3%}\nport: 10\n",
                "--config-dir=" + folder.resolve("drops"), "--port=20");
        assertEquals(60, config.resources().maxPods());
        assertEquals(7, config.resources().podsPerCore());
        assertEquals(20, config.serving().port());
        assertEquals(List.of("10.0.0.9"), config.dns().servers());
        assertEquals(
                Map.of("nodefs.available", "3%", "memory.available", "200Mi"),
                config.eviction().hard());
    }

    @Test
    void thresholdsAreTheDefaultOnesThoseToldOrBoth() throws Exception {
        assertEquals(5, file("").eviction().hard().size());
        assertEquals(Map.of(), file("evictionHard: {}\n").eviction().hard());
        Map<String, String> both = file("evictionHard: {memory.available: 1Gi}\nmergeDefaultEvictionSettings: true\n")
                .eviction()
                .hard();
        assertEquals(5, both.size());
        assertEquals("1Gi", both.get("memory.available"));
        assertEquals(
                Map.of("memory.available", "1Gi", "nodefs.available", "1%"),
                flags("--eviction-hard=memory.available<1Gi,nodefs.available<1%")
                        .eviction()
                        .hard());
    }

    @Test
    void zeroMeansTheDefaultAndSomeDefaultsFollowOtherFields() throws Exception {
        KubeletConfig config = file("""
                maxPods: 0
                syncFrequency: 0s
                nodeStatusUpdateFrequency: 20s
                maxParallelImagePulls: 4
                healthzPort: 0
                podPidsLimit: -7
                """);
        assertEquals(110, config.resources().maxPods());
        assertEquals(Duration.ofMinutes(1), config.runtime().syncPeriod());
        assertEquals(Duration.ofSeconds(20), config.reporting().reportPeriod());
        assertEquals(4, config.images().parallelPulls());
        assertEquals(false, config.tree().get("serializeImagePulls"));
        assertEquals(0, config.serving().healthPort());
        assertEquals(-1, config.cgroups().pidsLimit());
        assertEquals(Duration.ofMinutes(5), file("").reporting().reportPeriod());
    }

    @Test
    void relativePathsAreRelativeToTheFileAndTaintsComeFromIt() throws Exception {
        KubeletConfig config = file("""
                staticPodPath: manifests
                registerWithTaints:
                - {key: a.b/c, value: v, effect: NoSchedule}
                """);
        assertEquals(folder.resolve("manifests"), config.paths().staticPods().orElseThrow());
        assertEquals(List.of("a.b/c=v:NoSchedule"), config.identity().taints());
    }

    @Test
    void withoutAFileTheFlagsDefaultsHold() throws Exception {
        assertTrue(flags().authentication().anonymous());
        assertTrue(flags().authentication().alwaysAllow());
        assertFalse(file("").authentication().anonymous());
        assertFalse(file("").authentication().alwaysAllow());
    }

    @Test
    void unknownFieldsAreLetPassAndNotShown() throws Exception {
        KubeletConfig config = file("foo: 1\nauthentication: {bar: 2}\nmaxPods: 1\nmaxPods: 2\n");
        assertFalse(config.tree().containsKey("foo"));
        assertTrue(ConfigTree.get(config.tree(), "authentication.bar").isEmpty());
        assertEquals(2, config.resources().maxPods());
    }

    @Test
    void allFaultsAreToldAtOnce() {
        assertEquals(
                "failed to validate kubelet configuration, error: [invalid configuration: port (--port) 99999 must be"
                        + " between 1 and 65535, inclusive, invalid configuration: healthzPort (--healthz-port) 99999 must"
                        + " be between 1 and 65535, inclusive, invalid configuration: maxPods (--max-pods) -1 must not be a"
                        + " negative number, invalid configuration: imageGCLowThresholdPercent (--image-gc-low-threshold)"
                        + " 80 must be less than imageGCHighThresholdPercent (--image-gc-high-threshold) 10, invalid"
                        + " configuration: option \"foo\" specified for hairpinMode. Valid options are \"none\","
                        + " \"hairpin-veth\", \"promiscuous-bridge\"]",
                fault("""
                        port: 99999
                        healthzPort: 99999
                        maxPods: -1
                        hairpinMode: foo
                        imageGCHighThresholdPercent: 10
                        """));
    }

    @Test
    void typesThatDoNotFitAreToldWithTheirFields() {
        String text = fault("port: x\nauthentication: {anonymous: {enabled: 1}}\n");
        assertTrue(text.contains("field \"port\" is not a integer"), text);
        assertTrue(text.contains("field \"authentication.anonymous.enabled\" is not a boolean"), text);
    }

    @Test
    void whatIsNotDoneHereIsRefusedByItsField() {
        refused("staticPodURL", "staticPodURL: http://x\n");
        refused("readOnlyPort", "readOnlyPort: 10255\n");
        refused("cpuManagerPolicy: static", "cpuManagerPolicy: static\n");
        refused("memoryManagerPolicy: Static", "memoryManagerPolicy: Static\n");
        refused("topologyManagerPolicy: restricted", "topologyManagerPolicy: restricted\n");
        refused("reservedMemory", "reservedMemory: [{numaNode: 0, limits: {memory: 1Gi}}]\n");
        refused("evictionSoft", "evictionSoft: {memory.available: 1Gi}\n");
        refused("shutdownGracePeriod", "shutdownGracePeriod: 30s\n");
        refused("serverTLSBootstrap", "serverTLSBootstrap: true\n");
        refused("tracing", "tracing: {endpoint: x}\n");
        refused("memorySwap.swapBehavior", "memorySwap: {swapBehavior: LimitedSwap}\n");
        refused("enforceNodeAllocatable: kube-reserved", "enforceNodeAllocatable: [pods, kube-reserved]\n");
        refused("tlsMinVersion: VersionTLS10", "tlsMinVersion: VersionTLS10\n");
    }

    @Test
    void flagsThatAreNotSupportedAreToldToo() {
        String text =
                String.valueOf(assertThrows(ConfigurationException.class, () -> flags("--lock-file=/x", "--runonce"))
                        .getMessage());
        assertTrue(text.contains("--lock-file is not supported"), text);
        assertTrue(text.contains("runOnce (--runonce) has been deprecated"), text);
    }

    @Test
    void amountsMustBeAmountsOfWhatThereIs() {
        assertTrue(fault("systemReserved: {cpu: 1}\n").contains("field \"systemReserved.cpu\" is not a string"));
        assertTrue(fault("kubeReserved: {cpu: abc}\n").contains("kubeReserved.cpu: \"abc\" is no quantity"));
        assertTrue(fault("kubeReserved: {gpu: \"1\"}\n").contains("cannot reserve \"gpu\" resource"));
        assertTrue(fault("evictionHard: {foo.bar: 1Gi}\n").contains("unsupported eviction signal foo.bar"));
        assertTrue(fault("evictionHard: {memory.available: 101%}\n").contains("at most 100% of what there is: 101%"));
        assertTrue(fault("tlsCipherSuites: [FOO]\n").contains("Cipher suite FOO not supported or doesn't exist"));
        assertTrue(fault("address: foo\n").contains("address \"foo\" is no IP address"));
    }

    @Test
    void aNodeGivesItselfOnlyLabelsThatAreItsOwn() throws Exception {
        String text = String.valueOf(assertThrows(
                        ConfigurationException.class,
                        () -> flags("--node-labels=kubernetes.io/foo=x,a=b c", "--node-ip=abc", "--cloud-provider=aws"))
                .getMessage());
        assertTrue(text.contains("--node-labels: [kubernetes.io/foo]"), text);
        assertTrue(text.contains("invalid node labels: a=b c"), text);
        assertTrue(text.contains("invalid --node-ip \"abc\""), text);
        assertTrue(text.contains("--cloud-provider: \"aws\" is not supported"), text);
        assertEquals(
                3,
                flags("--node-labels=node.kubernetes.io/x=y,topology.kubernetes.io/zone=z,a.b/c=")
                        .identity()
                        .labels()
                        .size());
    }

    @Test
    void aDropInFolderThatIsNotThereIsAFault() {
        String text = String.valueOf(assertThrows(
                        ConfigurationException.class, () -> file("", "--config-dir=" + folder.resolve("none")))
                .getMessage());
        assertTrue(text.startsWith("failed to merge kubelet configs: failed to walk through kubelet dropin"), text);
    }
}
