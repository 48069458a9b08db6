package io.argosy.dns.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.dns.cache.AnswerCache;
import io.argosy.dns.forward.Forwarder;
import io.argosy.dns.zone.ClusterZone;
import io.argosy.dns.zone.ServiceEntry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

class DnsServerTest {

    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final ClusterZone upstreamZone = new ClusterZone("example.org");
    private final ClusterZone zone = new ClusterZone("cluster.local");
    private DnsServer upstream;
    private DnsServer server;

    @BeforeEach
    void start() throws Exception {
        upstream = DnsServer.start(LOOPBACK, upstreamZone, forwarderTo(List.of()));
        server = DnsServer.start(
                LOOPBACK,
                zone,
                forwarderTo(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), upstream.port()))));
        upstreamZone.put(service("www", "a", "192.0.2.10"));
        zone.put(service("web", "default", "10.96.0.7"));
        zone.put(new ServiceEntry(
                "default", "out", List.of(), Optional.of("www.a.svc.example.org"), List.of(), List.of()));
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
    }

    @Test
    void answersFromTheZoneByUdpAndTcp() throws Exception {
        for (boolean tcp : new boolean[] {false, true}) {
            Message answer = ask("web.default.svc.cluster.local.", Type.A, tcp);
            assertEquals(
                    "10.96.0.7", answer.getSection(Section.ANSWER).getFirst().rdataToString());
            assertTrue(answer.getHeader().getFlag(Flags.AA));
        }
    }

    @Test
    void forwardsWhatIsNotTheClusters() throws Exception {
        Message answer = ask("www.a.svc.example.org.", Type.A, false);
        assertEquals("192.0.2.10", answer.getSection(Section.ANSWER).getFirst().rdataToString());
    }

    @Test
    void completesAnExternalName() throws Exception {
        List<Record> answers =
                ask("out.default.svc.cluster.local.", Type.A, false).getSection(Section.ANSWER);
        assertEquals(
                List.of("www.a.svc.example.org.", "192.0.2.10"),
                answers.stream().map(Record::rdataToString).toList());
    }

    @Test
    void tellsWhatDoesNotExistWithTheZonesAuthority() throws Exception {
        Message answer = ask("none.default.svc.cluster.local.", Type.A, false);
        assertEquals(Rcode.NXDOMAIN, answer.getRcode());
        assertEquals(Type.SOA, answer.getSection(Section.AUTHORITY).getFirst().getType());
    }

    @Test
    void cutsWhatDoesNotFitAndGivesItWholeByTcp() throws Exception {
        List<ServiceEntry.Endpoint> endpoints = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            endpoints.add(new ServiceEntry.Endpoint(InetAddress.getByName("10.244.0." + i), "e" + i, true, List.of()));
        }
        zone.put(new ServiceEntry("default", "many", List.of(), Optional.empty(), List.of(), endpoints));
        SimpleResolver plain =
                new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        plain.setIgnoreTruncation(true);
        assertTrue(plain.send(query("many.default.svc.cluster.local.", Type.A))
                .getHeader()
                .getFlag(Flags.TC));
        assertEquals(
                100,
                ask("many.default.svc.cluster.local.", Type.A, true)
                        .getSection(Section.ANSWER)
                        .size());
    }

    @Test
    void refusesZoneTransfersAndOtherClasses() throws Exception {
        Message chaos = Message.newQuery(Record.newRecord(Name.fromString("version.bind."), Type.TXT, DClass.CH));
        assertEquals(Rcode.REFUSED, resolver(false).send(chaos).getRcode());
    }

    @Test
    void garbageDoesNotStopIt() throws Exception {
        try (java.net.DatagramSocket socket = new java.net.DatagramSocket()) {
            for (int length : new int[] {0, 1, 11, 12, 40, 500}) {
                byte[] garbage = new byte[length];
                java.util.Arrays.fill(garbage, (byte) 0x3f);
                socket.send(
                        new java.net.DatagramPacket(garbage, length, InetAddress.getLoopbackAddress(), server.port()));
            }
        }
        assertEquals(
                Rcode.NOERROR,
                ask("web.default.svc.cluster.local.", Type.A, false).getRcode());
    }

    private static Forwarder forwarderTo(List<InetSocketAddress> upstreams) {
        return new Forwarder(upstreams, new AnswerCache(InstantSource.system(), 100));
    }

    private static ServiceEntry service(String name, String namespace, String address) throws Exception {
        return new ServiceEntry(
                namespace, name, List.of(InetAddress.getByName(address)), Optional.empty(), List.of(), List.of());
    }

    private Message ask(String name, int type, boolean tcp) throws Exception {
        return resolver(tcp).send(query(name, type));
    }

    private static Message query(String name, int type) throws Exception {
        return Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
    }

    private SimpleResolver resolver(boolean tcp) {
        SimpleResolver resolver =
                new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        resolver.setTCP(tcp);
        resolver.setTimeout(Duration.ofSeconds(5));
        return resolver;
    }
}
