package io.argosy.kubelet.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubresourcesTest {

    @Test
    void eachPathHasItsSubresource() {
        Map.of(
                        "/stats/summary", List.of("stats"),
                        "/metrics", List.of("metrics"),
                        "/metrics/cadvisor", List.of("metrics"),
                        "/logs/syslog", List.of("log"),
                        "/pods", List.of("pods", "proxy"),
                        "/healthz", List.of("healthz", "proxy"),
                        "/configz", List.of("configz", "proxy"),
                        "/exec/a/b/c", List.of("proxy"),
                        "/containerLogs/a/b/c", List.of("proxy"),
                        "/metricsx", List.of("proxy"))
                .forEach((path, expected) -> assertEquals(expected, Subresources.of(path), path));
    }
}
