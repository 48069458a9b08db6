package io.argosy.kubeproxy.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.kubeproxy.model.Endpoint;
import io.argosy.kubeproxy.model.EndpointChoice;
import io.argosy.kubeproxy.model.IpFamily;
import io.argosy.kubeproxy.model.ProxyImage;
import io.argosy.kubeproxy.model.ServicePort;
import io.argosy.kubeproxy.model.ServicePortName;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NftProgramTest {

    private static final NftProgram.Config CONFIG = new NftProgram.Config(
            LocalTraffic.from(IpFamily.IPV4, "10.244.0.0/16"),
            false,
            0x4000,
            List.of(),
            new EndpointChoice.Place("node1", "zone1"));

    @Test
    void aServiceIsFoundByOneLookUpAndBalancesOverItsEndpoints() {
        Ruleset rules = NftProgram.of(image(entry(plain("web"), ready("10.244.0.2"), ready("10.244.0.3"))), CONFIG);
        String internal = rules.elementsOf("service-ips").get("10.96.0.7 . tcp . 80");
        assertTrue(internal.startsWith("goto internal-"), internal);
        List<String> entryRules = rules.chains().get(internal.substring(5)).rules();
        assertEquals("ip saddr != 10.244.0.0/16 jump mark-for-masquerade", entryRules.getFirst());
        assertEquals(
                List.of("meta l4proto tcp dnat ip addr . port to numgen random mod 2 map "
                        + "{ 0 : 10.244.0.2 . 8080, 1 : 10.244.0.3 . 8080 }"),
                rules.chains().get(entryRules.getLast().substring(5)).rules());
        assertEquals(Set.of(), rules.elementsOf("hairpin").keySet());
    }

    @Test
    void onlyWhatAPodOfThisNodeSaysToItselfThroughTheServiceIsMasqueraded() {
        Endpoint here = new Endpoint("10.244.0.2", 8080, true, true, true, false, Set.of(), Set.of());
        Ruleset rules = NftProgram.of(image(entry(plain("web"), here, ready("10.244.1.3"))), CONFIG);
        assertEquals(
                Set.of("10.244.0.2 . 10.244.0.2 . tcp . 8080"),
                rules.elementsOf("hairpin").keySet());
        assertTrue(rules.chains()
                .get("masquerading")
                .rules()
                .contains("ip saddr . ip daddr . meta l4proto . th dport @hairpin masquerade fully-random"));
    }

    @Test
    void withoutEndpointsConnectionsAreRefused() {
        Ruleset rules = NftProgram.of(image(entry(plain("web"))), CONFIG);
        assertTrue(rules.elementsOf("service-ips").isEmpty());
        assertEquals(
                "goto reject-chain", rules.elementsOf("no-endpoint-services").get("10.96.0.7 . tcp . 80"));
    }

    @Test
    void aLocalPolicyWithoutLocalEndpointsDrops() {
        ServicePort service = new ServicePort(
                new ServicePortName("default", "web", ""),
                "tcp",
                "10.96.0.7",
                80,
                30080,
                List.of(),
                List.of("192.0.2.9"),
                List.of("192.0.2.0/24"),
                OptionalInt.empty(),
                true,
                true,
                0);
        Ruleset rules = NftProgram.of(image(entry(service, ready("10.244.1.2"))), CONFIG);
        assertEquals("drop", rules.elementsOf("no-endpoint-services").get("10.96.0.7 . tcp . 80"));
        assertEquals("drop", rules.elementsOf("no-endpoint-services").get("192.0.2.9 . tcp . 80"));
        assertEquals("drop", rules.elementsOf("no-endpoint-nodeports").get("tcp . 30080"));
        assertTrue(rules.elementsOf("firewall-ips").containsKey("192.0.2.9 . tcp . 80"));
    }

    @Test
    void endingEndpointsServeWhenNoneIsReady() {
        Endpoint ending = new Endpoint("10.244.0.9", 8080, true, false, true, true, Set.of(), Set.of());
        Ruleset rules = NftProgram.of(image(entry(plain("web"), ending)), CONFIG);
        assertTrue(rules.elementsOf("service-ips").containsKey("10.96.0.7 . tcp . 80"));
    }

    @Test
    void aChangeOfOneServiceTouchesNoOther() {
        Ruleset before = NftProgram.of(
                image(entry(plain("a"), ready("10.244.0.2")), entry(other("b"), ready("10.244.0.3"))), CONFIG);
        Ruleset after = NftProgram.of(
                image(
                        entry(plain("a"), ready("10.244.0.2"), ready("10.244.0.4")),
                        entry(other("b"), ready("10.244.0.3"))),
                CONFIG);
        String change = RulesetChange.between(before, after);
        assertTrue(change.contains("default/a/"), change);
        assertFalse(change.contains("default/b/"), change);
        assertEquals(
                List.of("flush chain", "add rule"),
                change.lines()
                        .map(line -> line.split(" ")[0] + " " + line.split(" ")[1])
                        .toList());
    }

    @Test
    void equalImagesNeedNoTransaction() {
        ProxyImage image = image(entry(plain("web"), ready("10.244.0.2")));
        assertEquals("", RulesetChange.between(NftProgram.of(image, CONFIG), NftProgram.of(image, CONFIG)));
    }

    private static ProxyImage image(ProxyImage.Entry... entries) {
        TreeMap<ServicePortName, ProxyImage.Entry> byName = new TreeMap<>();
        Arrays.stream(entries).forEach(entry -> byName.put(entry.service().name(), entry));
        return new ProxyImage(IpFamily.IPV4, byName);
    }

    private static ProxyImage.Entry entry(ServicePort service, Endpoint... endpoints) {
        return new ProxyImage.Entry(service, List.of(endpoints));
    }

    private static ServicePort plain(String name) {
        return service(name, "10.96.0.7");
    }

    private static ServicePort other(String name) {
        return service(name, "10.96.0.8");
    }

    private static ServicePort service(String name, String ip) {
        return new ServicePort(
                new ServicePortName("default", name, ""),
                "tcp",
                ip,
                80,
                0,
                List.of(),
                List.of(),
                List.of(),
                OptionalInt.empty(),
                false,
                false,
                0);
    }

    private static Endpoint ready(String address) {
        return new Endpoint(address, 8080, false, true, true, false, Set.of(), Set.of());
    }
}
