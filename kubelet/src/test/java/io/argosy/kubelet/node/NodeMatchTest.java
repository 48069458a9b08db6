package io.argosy.kubelet.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeMatchTest {

    private static final Node NODE = new NodeBuilder()
            .withNewMetadata()
            .withName("n1")
            .addToLabels("zone", "a")
            .addToLabels("size", "5")
            .endMetadata()
            .build();

    private static Pod port(String address, String protocol, int port) {
        return new PodBuilder()
                .withNewSpec()
                .addNewContainer()
                .withName("c")
                .addNewPort()
                .withHostIP(address)
                .withProtocol(protocol)
                .withHostPort(port)
                .endPort()
                .endContainer()
                .endSpec()
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "zone, In, a, true",
        "zone, In, b, false",
        "zone, NotIn, b, true",
        "none, NotIn, b, true",
        "zone, Exists, , true",
        "none, DoesNotExist, , true",
        "zone, DoesNotExist, , false",
        "size, Gt, 4, true",
        "size, Lt, 5, false",
        "zone, Gt, 4, false"
    })
    void requiredAffinity(String key, String operator, String value, boolean expected) {
        Pod pod = new PodBuilder()
                .withNewSpec()
                .withNewAffinity()
                .withNewNodeAffinity()
                .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                .addNewNodeSelectorTerm()
                .addToMatchExpressions(
                        new NodeSelectorRequirement(key, operator, value == null ? List.of() : List.of(value)))
                .endNodeSelectorTerm()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .endAffinity()
                .endSpec()
                .build();
        assertEquals(expected, NodeMatch.of(pod, NODE));
    }

    @Test
    void aTermWithoutRequirementsMatchesNothing() {
        Pod pod = new PodBuilder()
                .withNewSpec()
                .withNewAffinity()
                .withNewNodeAffinity()
                .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                .addNewNodeSelectorTerm()
                .endNodeSelectorTerm()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .endAffinity()
                .endSpec()
                .build();
        assertEquals(false, NodeMatch.of(pod, NODE));
    }

    @Test
    void portsOfTheNodeCollideByAddressProtocolAndNumber() {
        Pod taken = port("127.0.0.1", "TCP", 80);
        assertEquals(true, HostPorts.collide(port("", "TCP", 80), List.of(taken)));
        assertEquals(true, HostPorts.collide(port("127.0.0.1", "TCP", 80), List.of(taken)));
        assertEquals(false, HostPorts.collide(port("127.0.0.2", "TCP", 80), List.of(taken)));
        assertEquals(false, HostPorts.collide(port("", "UDP", 80), List.of(taken)));
        assertEquals(false, HostPorts.collide(port("", "TCP", 81), List.of(taken)));
        assertEquals(false, HostPorts.collide(port("", "TCP", 0), List.of(port("", "TCP", 0))));
    }
}
