package io.argosy.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.argosy.client.request.ApiClient;
import io.argosy.client.request.RequestException;
import io.argosy.client.request.RestClient;
import io.argosy.client.testing.InMemoryApiServer;
import io.argosy.client.transport.NotSentException;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.clock.VirtualClock;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The suite against the server in memory, with watches that break and versions that are compacted. */
class InMemoryApiTest extends ApiSuite {

    private final InMemoryApiServer server = new InMemoryApiServer(Clock.system());

    @Override
    protected ApiClient client() {
        return server.client();
    }

    @Override
    protected void disturb() {
        server.compact();
        server.dropWatches();
    }

    private static ConfigMap map() {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("m")
                .endMetadata()
                .build();
    }

    @Test
    void createsObjectsThatHaveNoMetadata() {
        server.before(call ->
                java.util.Optional.of(new io.argosy.client.transport.HttpAnswer(201, java.util.Map.of(), call.body())));
        try (RestClient client = new RestClient(server, new VirtualClock())) {
            var review = new io.fabric8.kubernetes.api.model.authentication.TokenReview();
            review.setMetadata(null);
            client.resource(io.fabric8.kubernetes.api.model.authentication.TokenReview.class)
                    .create(review);
        }
        assertEquals(java.util.List.of("POST /apis/authentication.k8s.io/v1/tokenreviews"), server.calls());
    }

    @Test
    void aWriteIsNotRepeatedWhenItsOutcomeIsUnknown() {
        server.before(call -> {
            throw new IOException("connection reset");
        });
        try (RestClient client = new RestClient(server, new VirtualClock())) {
            RequestException e = assertThrows(
                    RequestException.class,
                    () -> client.resource(ConfigMap.class).create(map()));
            assertEquals(true, e.outcomeUnknown());
            assertEquals(1, server.calls().size());
        }
    }

    @Test
    void aWriteThatDidNotLeaveIsRepeated() {
        int[] failures = {2};
        server.before(call -> {
            if (failures[0]-- > 0) {
                throw new NotSentException("connection refused", null);
            }
            return Optional.empty();
        });
        try (RestClient client = new RestClient(server, Clock.system())) {
            client.resource(ConfigMap.class).create(map());
            assertEquals(3, server.calls().size());
        }
    }
}
