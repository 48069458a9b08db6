package io.argosy.client.informer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.client.request.ApiClient;
import io.argosy.client.testing.InMemoryApiServer;
import io.argosy.client.transport.HttpAnswer;
import io.argosy.client.transport.HttpCall;
import io.argosy.daemon.clock.Clock;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReflectorTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final InMemoryApiServer server = new InMemoryApiServer(Clock.system()).with(map("first"));
    private final AtomicInteger streams = new AtomicInteger();

    private static ConfigMap map(String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .endMetadata()
                .build();
    }

    /** Servers on an etcd without progress notifications answer a streaming list with 200 and one error event. */
    @ParameterizedTest
    @CsvSource({"200, 500", "400, 400", "422, 422", "500, 500"})
    void listsByPagesWhereTheServerRefusesAStream(int status, int code) throws InterruptedException {
        String error =
                "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"disabled\",\"code\":"
                        + code + "}";
        String body = status == 200 ? "{\"type\":\"ERROR\",\"object\":" + error + "}\n" : error;
        server.before(call -> isStreamingList(call)
                ? Optional.of(new HttpAnswer(status, Map.of("content-type", "application/json"), body.getBytes(UTF_8)))
                : Optional.empty());
        follows();
        assertEquals(1, streams.get());
    }

    @Test
    void listsByAStreamAgainWhenTheServerWasOnlyBusy() throws InterruptedException {
        server.before(call -> isStreamingList(call) && streams.get() < 3
                ? Optional.of(new HttpAnswer(503, Map.of(), new byte[0]))
                : Optional.empty());
        follows();
        assertEquals(3, streams.get());
    }

    private boolean isStreamingList(HttpCall call) {
        boolean streaming = "true".equals(call.query().get("sendInitialEvents"));
        if (streaming) {
            streams.incrementAndGet();
        }
        return streaming;
    }

    private void follows() throws InterruptedException {
        ApiClient client = server.client();
        try (SharedInformerFactory factory =
                new SharedInformerFactory(client, Clock.system(), RandomGenerator.getDefault(), Optional.empty())) {
            Informer<ConfigMap> maps = factory.informer(ConfigMap.class, InformerScope.in("default"));
            factory.start();
            factory.awaitSynced();
            assertEquals(1, maps.list().size());
            ConfigMap second = client.resource(ConfigMap.class).create(map("second"));
            assertTrue(maps.awaitVersion(Versions.of(second), SOON));
            assertEquals(2, maps.list().size());
        }
    }
}
