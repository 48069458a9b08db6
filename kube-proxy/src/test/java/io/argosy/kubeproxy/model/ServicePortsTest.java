package io.argosy.kubeproxy.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServicePortsTest {

    private static Service withClusterIp(String clusterIp) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("web")
                .endMetadata()
                .withNewSpec()
                .withClusterIP(clusterIp)
                .withClusterIPs(clusterIp)
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"None", "", "web.example", "10.0.0.1 } ; flush ruleset", "1", "10.0.0.256"})
    void makesNoRulesForWhatIsNoAddress(String clusterIp) {
        assertEquals(List.of(), ServicePorts.of(withClusterIp(clusterIp), IpFamily.IPV4));
        assertEquals(List.of(), ServicePorts.of(withClusterIp(clusterIp), IpFamily.IPV6));
    }

    @Test
    void makesRulesInTheFamilyOfTheAddress() {
        Service service = withClusterIp("fd00::a");
        assertEquals(List.of(), ServicePorts.of(service, IpFamily.IPV4));
        assertEquals(
                "fd00::a", ServicePorts.of(service, IpFamily.IPV6).getFirst().clusterIp());
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, true, false",
        "0.0.0.0/0, true, false",
        "10.0.0.0/33, false, false",
        "fd00::/8, false, true",
        "::/0, false, true",
        "fe80::1%eth0, false, false",
        "10.0.0.1/, false, false"
    })
    void tellsTheFamilyOfRanges(String text, boolean four, boolean six) {
        assertEquals(four, IpFamily.IPV4.has(text));
        assertEquals(six, IpFamily.IPV6.has(text));
    }
}
