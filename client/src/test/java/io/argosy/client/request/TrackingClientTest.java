package io.argosy.client.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.argosy.client.testing.InMemoryApiServer;
import io.argosy.daemon.clock.VirtualClock;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrackingClientTest {

    private final InMemoryApiServer server = new InMemoryApiServer(new VirtualClock());
    private final WriteMarks marks = new WriteMarks();

    private static ConfigMap map(String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("n")
                .withName(name)
                .endMetadata()
                .build();
    }

    @Test
    void notesWhatWasAcknowledged() {
        ResourceClient<ConfigMap> maps = new TrackingClient(server.client(), marks).resource(ConfigMap.class);
        ConfigMap made = maps.create(map("a"));
        assertEquals(
                Map.of(maps.type().resource(), Long.parseLong(made.getMetadata().getResourceVersion())),
                marks.newest());
    }

    @Test
    void readsWhatThereIsAfterACreationWithoutAnswer() {
        try (RestClient rest = new RestClient(
                server, new VirtualClock(), RetryPolicy.NEVER, Optional.empty(), RequestMetrics.none())) {
            ResourceClient<ConfigMap> maps = new TrackingClient(rest, marks).resource(ConfigMap.class);
            boolean[] down = {true};
            server.before(call -> {
                if (!down[0]) {
                    return Optional.empty();
                }
                throw new IOException("connection reset");
            });
            assertThrows(RequestException.class, () -> maps.create(map("a")));
            assertThrows(RequestException.class, marks::newest);
            down[0] = false;
            // As if the server had done it before the connection broke.
            ConfigMap made = server.client().resource(ConfigMap.class).create(map("a"));
            assertEquals(
                    Map.of(
                            maps.type().resource(),
                            Long.parseLong(made.getMetadata().getResourceVersion())),
                    marks.newest());
            int calls = server.calls().size();
            marks.newest();
            assertEquals(calls, server.calls().size());
        }
    }
}
