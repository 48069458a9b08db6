package io.argosy.kubeproxy.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.kubeproxy.model.Endpoint;
import io.argosy.kubeproxy.model.EndpointChoice;
import io.argosy.kubeproxy.model.IpFamily;
import io.argosy.kubeproxy.model.ProxyImage;
import io.argosy.kubeproxy.model.ServicePort;
import io.argosy.kubeproxy.model.ServicePortName;
import io.argosy.kubeproxy.nftables.Nft;
import io.argosy.kubeproxy.nftables.NftTable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The kernel takes every form of rules that the program writes, in a network namespace of its own. */
class RulesInKernelIT {

    private final String namespace = "argosy-nft-" + ProcessHandle.current().pid();
    private NftTable table;

    @BeforeEach
    void makeNamespace() throws Exception {
        run("ip", "netns", "add", namespace);
        table = new NftTable(new Nft(List.of("ip", "netns", "exec", namespace, "nft")));
    }

    @AfterEach
    void deleteNamespace() throws Exception {
        run("ip", "netns", "delete", namespace);
    }

    @Test
    void takesEveryFormAndEveryDifference() throws Exception {
        List<ProxyImage> images = List.of(
                image(2, OptionalInt.empty(), false),
                image(3, OptionalInt.empty(), true),
                image(0, OptionalInt.empty(), true),
                image(2, OptionalInt.of(60), false),
                image(1, OptionalInt.of(90), true),
                ProxyImage.empty(IpFamily.IPV4));
        assertEquals(NftTable.Applied.WHOLE, table.apply(rules(images.getFirst())));
        for (ProxyImage image : images.subList(1, images.size())) {
            assertEquals(NftTable.Applied.DIFFERENCE, table.apply(rules(image)));
            assertEquals(NftTable.Applied.NOTHING, table.apply(rules(image)));
        }
    }

    @Test
    void takesEveryWayToKnowLocalTraffic() throws Exception {
        for (LocalTraffic local : List.of(
                LocalTraffic.unknown(),
                LocalTraffic.from(IpFamily.IPV4, "10.244.0.0/16"),
                LocalTraffic.through("cni0"),
                LocalTraffic.throughAny("veth"))) {
            table.apply(NftProgram.of(
                    image(2, OptionalInt.empty(), true),
                    new NftProgram.Config(
                            local, false, 0x4000, List.of("192.0.2.1/32"), new EndpointChoice.Place("node1", ""))));
            assertTrue(table.check());
        }
    }

    @Test
    void putsTheWholeTableBackWhenSomebodyTookItAway() throws Exception {
        table.apply(rules(image(2, OptionalInt.empty(), false)));
        run("ip", "netns", "exec", namespace, "nft", "flush", "ruleset");
        assertEquals(NftTable.Applied.WHOLE, table.apply(rules(image(3, OptionalInt.empty(), false))));
        assertTrue(table.check());
    }

    private static Ruleset rules(ProxyImage image) {
        return NftProgram.of(
                image,
                new NftProgram.Config(
                        LocalTraffic.from(IpFamily.IPV4, "10.244.0.0/16"),
                        false,
                        0x4000,
                        List.of(),
                        new EndpointChoice.Place("node1", "")));
    }

    private static ProxyImage image(int endpoints, OptionalInt affinity, boolean local) {
        TreeMap<ServicePortName, ProxyImage.Entry> entries = new TreeMap<>();
        for (String protocol : List.of("tcp", "udp", "sctp")) {
            ServicePortName name = new ServicePortName("default", "web", protocol);
            ServicePort service = new ServicePort(
                    name,
                    protocol,
                    "10.96.0.7",
                    80,
                    30080,
                    List.of("192.0.2.8"),
                    List.of("192.0.2.9"),
                    List.of("192.0.2.0/24", "198.51.100.0/24"),
                    affinity,
                    local,
                    local,
                    0);
            List<Endpoint> all = new ArrayList<>();
            for (int i = 0; i < endpoints; i++) {
                all.add(new Endpoint("10.244.0." + (2 + i), 8080, i == 0, true, true, false, Set.of(), Set.of()));
            }
            entries.put(name, new ProxyImage.Entry(service, all));
        }
        return new ProxyImage(IpFamily.IPV4, entries);
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertEquals(0, process.waitFor(), String.join(" ", command));
    }
}
