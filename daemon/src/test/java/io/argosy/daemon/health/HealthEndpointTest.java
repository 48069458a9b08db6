package io.argosy.daemon.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthEndpointTest {

    private final HealthEndpoint endpoint = new HealthEndpoint("readyz", HealthCheck.of("informer-sync", () -> {}));

    @Test
    void saysOkShortlyAndVerbosely() {
        assertEquals(
                new HealthAnswer(200, "ok"),
                endpoint.answer("/readyz", Map.of()).orElseThrow());
        assertEquals(
                "[+]ping ok\n[+]informer-sync ok\nreadyz check passed\n",
                endpoint.answer("/readyz", Map.of("verbose", List.of("")))
                        .orElseThrow()
                        .body());
        assertEquals(
                200, endpoint.answer("/readyz/ping", Map.of()).orElseThrow().status());
        assertTrue(endpoint.answer("/readyz/none", Map.of()).isEmpty());
        assertTrue(endpoint.answer("/livez", Map.of()).isEmpty());
    }

    @Test
    void aFailureHidesItsReason() {
        endpoint.add(HealthCheck.of("etcd", () -> {
            throw new IllegalStateException("dial 10.0.0.1");
        }));
        HealthAnswer answer = endpoint.answer("/readyz", Map.of()).orElseThrow();
        assertEquals(500, answer.status());
        assertEquals(
                "[+]ping ok\n[+]informer-sync ok\n[-]etcd failed: reason withheld\nreadyz check failed\n",
                answer.body());
        assertEquals(
                200,
                endpoint.answer("/readyz", Map.of("exclude", List.of("etcd")))
                        .orElseThrow()
                        .status());
    }
}
