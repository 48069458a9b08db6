package io.argosy.dns.zone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.argosy.apimodel.meta.ObjectKey;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

class ClusterZoneTest {

    private final ClusterZone zone = new ClusterZone("cluster.local");

    @BeforeEach
    void fill() throws Exception {
        zone.putNamespace("default");
        ServiceEntry.Port https = new ServiceEntry.Port("https", "tcp", 443);
        zone.put(new ServiceEntry(
                "default",
                "web",
                List.of(ip("10.96.0.7"), ip("fd00::7")),
                Optional.empty(),
                List.of(https),
                List.of()));
        zone.put(new ServiceEntry(
                "default",
                "db",
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(
                        new ServiceEntry.Endpoint(ip("10.244.0.5"), "db-0", true, List.of(https)),
                        new ServiceEntry.Endpoint(ip("10.244.0.6"), "10-244-0-6", false, List.of(https)))));
        zone.put(new ServiceEntry("default", "out", List.of(), Optional.of("example.org"), List.of(), List.of()));
        zone.put(new ServiceEntry("default", "empty", List.of(), Optional.empty(), List.of(), List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    web.default.svc.cluster.local. | A | 10.96.0.7
                    WEB.Default.svc.cluster.local. | A | 10.96.0.7
                    web.default.svc.cluster.local. | AAAA | fd00:0:0:0:0:0:0:7
                    db.default.svc.cluster.local. | A | 10.244.0.5,10.244.0.6
                    db-0.db.default.svc.cluster.local. | A | 10.244.0.5
                    10-244-0-6.db.default.svc.cluster.local. | A | 10.244.0.6
                    _https._tcp.web.default.svc.cluster.local. | SRV | 0 100 443 web.default.svc.cluster.local.
                    _https._tcp.db.default.svc.cluster.local. | SRV | 0 100 443 db-0.db.default.svc.cluster.local.,0 100 443 10-244-0-6.db.default.svc.cluster.local.
                    10-1-2-3.default.pod.cluster.local. | A | 10.1.2.3
                    7.0.96.10.in-addr.arpa. | PTR | web.default.svc.cluster.local.
                    5.0.244.10.in-addr.arpa. | PTR | db-0.db.default.svc.cluster.local.
                    dns-version.cluster.local. | TXT | "1.1.0"
                    """)
    void answers(String name, String type, String expected) throws Exception {
        Resolution.Found found = assertInstanceOf(Resolution.Found.class, ask(name, type));
        assertEquals(
                List.of(expected.split(",")),
                found.answers().stream().map(Record::rdataToString).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "nothing.default.svc.cluster.local., A, NoSuchName",
        "empty.default.svc.cluster.local., A, NoSuchName",
        "db-9.db.default.svc.cluster.local., A, NoSuchName",
        "a.b.c.web.default.svc.cluster.local., A, NoSuchName",
        "10-1-2-3.elsewhere.pod.cluster.local., A, NoSuchName",
        "_http._tcp.web.default.svc.cluster.local., SRV, NoSuchName",
        "web.default.svc.cluster.local., TXT, NoData",
        "default.svc.cluster.local., A, NoData",
        "cluster.local., A, NoData",
        "example.org., A, NotOurs",
        "6.0.244.10.in-addr.arpa., PTR, NotOurs",
        "cluster.local.example.org., A, NotOurs",
        "evilcluster.local., A, NotOurs"
    })
    void refuses(String name, String type, String kind) throws Exception {
        assertEquals(kind, ask(name, type).getClass().getSimpleName());
    }

    @Test
    void anExternalNameIsAnAlias() throws Exception {
        Resolution.Alias alias = assertInstanceOf(Resolution.Alias.class, ask("out.default.svc.cluster.local.", "A"));
        assertEquals("example.org.", alias.target().toString());
    }

    @Test
    void aRemovedServiceIsForgottenInBothDirections() throws Exception {
        zone.remove(new ObjectKey("default", "web"));
        assertInstanceOf(Resolution.NoSuchName.class, ask("web.default.svc.cluster.local.", "A"));
        assertInstanceOf(Resolution.NotOurs.class, ask("7.0.96.10.in-addr.arpa.", "PTR"));
    }

    private Resolution ask(String name, String type) throws Exception {
        return zone.resolve(Name.fromString(name), Type.value(type));
    }

    private static InetAddress ip(String text) throws Exception {
        return InetAddress.getByName(text);
    }
}
