package io.argosy.kubelet.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.argosy.kubelet.cri.v1.DNSConfig;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContainerDescriptionTest {

    private static Pod pod(Container... containers) {
        return new PodBuilder()
                .withNewMetadata()
                .withUid("u")
                .withName("p")
                .withNamespace("n")
                .addToLabels("b", "2\"")
                .addToLabels("a", "1")
                .endMetadata()
                .withNewSpec()
                .withContainers(containers)
                .endSpec()
                .build();
    }

    @Test
    void hashIsTheOneThatOtherKubeletsWrite() {
        Container container = new ContainerBuilder()
                .withName("test_container")
                .withImage("foo/image:v1")
                .build();
        assertEquals("8e45cbd0", ContainerHash.hex(container));
    }

    @Test
    void expandsKnownNamesAndEscapes() {
        Map<String, String> known = Map.of("A", "1", "B", "two");
        Map<String, String> cases = Map.of(
                "$(A)-$(B)", "1-two",
                "$(C)", "$(C)",
                "$$(A)", "$(A)",
                "$$$(A)", "$1",
                "$A", "$A",
                "$(A", "$(A",
                "end$", "end$");
        cases.forEach((text, expected) -> assertEquals(expected, Expansion.expand(text, known), text));
    }

    @Test
    void downwardApiReadsFields() {
        FieldReader.NodeFacts node = new FieldReader.NodeFacts("node1", List.of("192.0.2.1"));
        Pod pod = pod();
        assertEquals("a=\"1\"\nb=\"2\\\"\"", FieldReader.read(pod, "metadata.labels", List.of(), node));
        assertEquals("1", FieldReader.read(pod, "metadata.labels['a']", List.of(), node));
        assertEquals("10.0.0.1", FieldReader.read(pod, "status.podIP", List.of("10.0.0.1"), node));
        assertEquals("node1", FieldReader.read(pod, "spec.nodeName", List.of(), node));
        assertThrows(IllegalArgumentException.class, () -> FieldReader.read(pod, "spec.containers", List.of(), node));
    }

    @Test
    void limitsBecomeKernelUnits() {
        Container container = new ContainerBuilder()
                .withName("c")
                .withNewResources()
                .addToRequests("cpu", new Quantity("250m"))
                .addToRequests("memory", new Quantity("1Gi"))
                .addToLimits("cpu", new Quantity("1500m"))
                .addToLimits("memory", new Quantity("2Gi"))
                .endResources()
                .build();
        var rules = new ContainerResources.NodeRules(8L << 30, true, Duration.ofMillis(100), false);
        var resources = ContainerResources.of(pod(container), container, rules);
        assertEquals(256, resources.getCpuShares());
        assertEquals(150_000, resources.getCpuQuota());
        assertEquals(2L << 30, resources.getMemoryLimitInBytes());
        assertEquals(875, resources.getOomScoreAdj());
        assertEquals(2, ContainerResources.shares(0));
        assertEquals(1000, ContainerResources.quota(1, 100_000));
    }

    @Test
    void rootIsRefusedWhereNonRootIsWanted() throws ConfigException {
        Container container = new ContainerBuilder()
                .withName("c")
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .endSecurityContext()
                .build();
        Pod pod = pod(container);
        SecurityContexts.verifyNonRoot(pod, container, Optional.of(1000L), "");
        assertThrows(ConfigException.class, () -> SecurityContexts.verifyNonRoot(pod, container, Optional.of(0L), ""));
        assertThrows(
                ConfigException.class,
                () -> SecurityContexts.verifyNonRoot(pod, container, Optional.empty(), "nobody"));
    }

    @Test
    void clusterDnsComesFirstAndHostSearchesLast() {
        PodDns.Node node = new PodDns.Node(
                PodDns.Resolver.parse("nameserver 192.0.2.53\nsearch corp.example\noptions timeout:1\n"),
                List.of("10.96.0.10"),
                "cluster.local");
        DNSConfig cluster = PodDns.of(pod(), node);
        assertEquals(List.of("10.96.0.10"), cluster.getServersList());
        assertEquals(
                List.of("n.svc.cluster.local", "svc.cluster.local", "cluster.local", "corp.example"),
                cluster.getSearchesList());
        assertEquals(List.of("ndots:5"), cluster.getOptionsList());
        Pod host = pod();
        host.getSpec().setHostNetwork(true);
        assertEquals(List.of("192.0.2.53"), PodDns.of(host, node).getServersList());
    }

    @Test
    void servicesBecomeVariables() {
        var service = new ServiceBuilder()
                .withNewMetadata()
                .withName("my-db")
                .withNamespace("n")
                .endMetadata()
                .withNewSpec()
                .withClusterIP("10.96.0.7")
                .addNewPort()
                .withName("sql")
                .withPort(5432)
                .withProtocol("TCP")
                .endPort()
                .endSpec()
                .build();
        Map<String, String> variables = ServiceVariables.of(List.of(service), "n", true);
        assertEquals("10.96.0.7", variables.get("MY_DB_SERVICE_HOST"));
        assertEquals("5432", variables.get("MY_DB_SERVICE_PORT_SQL"));
        assertEquals("tcp://10.96.0.7:5432", variables.get("MY_DB_PORT_5432_TCP"));
        assertEquals(Map.of(), ServiceVariables.of(List.of(service), "other", true));
        assertEquals(Map.of(), ServiceVariables.of(List.of(service), "n", false));
    }

    @Test
    void longHostNamesAreCut() {
        Pod pod = pod();
        pod.getMetadata().setName("a".repeat(62) + "-b");
        assertEquals("a".repeat(62), PodNames.of(pod, "cluster.local").hostname());
    }
}
