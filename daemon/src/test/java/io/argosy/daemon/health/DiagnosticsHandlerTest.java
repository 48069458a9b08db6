package io.argosy.daemon.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.daemon.flags.FlagException;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.http.HttpHeaders;
import io.argosy.daemon.http.HttpRequest;
import io.argosy.daemon.http.PreparedResponse;
import io.argosy.daemon.metrics.Configz;
import io.argosy.daemon.metrics.Metrics;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosticsHandlerTest {

    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private final ProcessPages pages = new ProcessPages(() -> now);
    private final DiagnosticsHandler handler = new DiagnosticsHandler(
            List.of(new HealthEndpoint("livez"), new HealthEndpoint("healthz")), new Metrics(), new Configz(), pages);

    private String get(String path) {
        PreparedResponse answer = handler.answer(new HttpRequest(
                "GET",
                path,
                "",
                HttpHeaders.of(),
                "HTTP/1.1",
                new InetSocketAddress(1),
                new InetSocketAddress(2),
                false,
                List.of(),
                Instant.EPOCH));
        assertEquals(200, answer.status(), path);
        return new String(answer.body().getFirst(), StandardCharsets.UTF_8);
    }

    @Test
    void tellsItsVersion() {
        assertTrue(get("/version").contains("\"major\":\"1\",\"minor\":\"36\",\"gitVersion\":\"v1.36.2\""));
    }

    @Test
    void tellsItsFlagsAndHowLongItRuns() throws FlagException {
        FlagSet flags = new FlagSet("kube-thing", "");
        flags.section("A").integer("port", 1, "");
        flags.section("B").bool("fast", false, "");
        pages.describe(flags, flags.parse(List.of("--port=7")));
        String flagz = get("/flagz");
        assertTrue(flagz.startsWith("\nkube-thing flagz\nWarning: This endpoint is not meant to be"), flagz);
        assertTrue(flagz.endsWith("\n\nfast=false\nport=7\n"), flagz);
        now = now.plusSeconds(3723);
        assertTrue(get("/statusz").endsWith("""

                                Started: Fri Jan 2 03:04:05 UTC 2026
                                Up: 1 hr 02 min 03 sec
                                Go version: java%d
                                Binary version: 1.36.2
                                Paths: /configz /flagz /healthz /livez /metrics /statusz /version
                                """.formatted(Runtime.version().feature())));
    }
}
