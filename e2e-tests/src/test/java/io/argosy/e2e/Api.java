package io.argosy.e2e;

import io.argosy.client.kubeconfig.ClientConfig;
import io.argosy.client.kubeconfig.Kubeconfig;
import io.argosy.client.transport.AuthorizedTransport;
import io.argosy.client.transport.ClientTls;
import io.argosy.client.transport.Endpoint;
import io.argosy.client.transport.EventLoops;
import io.argosy.client.transport.HttpAnswer;
import io.argosy.client.transport.HttpCall;
import io.argosy.client.transport.HttpStream;
import io.argosy.client.transport.NettyTransport;
import io.argosy.client.transport.Transport;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.config.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API as single requests, each sent once: nothing is tried again behind the test's back. */
final class Api implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final EventLoops loops = new EventLoops();
    private final Transport transport;

    /**
     * An answer.
     *
     * @param object its body, where that is JSON
     */
    record Answer(int code, JsonNode object) {

        long resourceVersion() {
            return object.path("metadata").path("resourceVersion").asLong();
        }
    }

    Api(Path kubeconfig) throws IOException, GeneralSecurityException, ConfigurationException {
        ClientConfig config = Kubeconfig.load(kubeconfig, Clock.system());
        Endpoint endpoint = Endpoint.of(config.server(), config.serverName());
        this.transport = new AuthorizedTransport(
                new NettyTransport(endpoint, Optional.of(new ClientTls(config.tls(), Clock.system())), loops),
                config.credentials(),
                "e2e",
                true);
    }

    /** Throws {@link IOException} when no answer came: whether the request was done is not known. */
    Answer send(String method, String path, Map<String, String> query, String body)
            throws IOException, InterruptedException {
        HttpCall call = HttpCall.of(method, path, query);
        HttpAnswer answer = transport.call(
                body.isEmpty() ? call : call.withBody("application/json", body.getBytes(StandardCharsets.UTF_8)));
        boolean json = answer.header("content-type").orElse("").startsWith("application/json");
        return new Answer(answer.status(), json ? JSON.readTree(answer.body()) : JSON.createObjectNode());
    }

    HttpStream watch(String path, Map<String, String> query) throws IOException, InterruptedException {
        return transport.open(HttpCall.of("GET", path, query));
    }

    @Override
    public void close() {
        transport.close();
        loops.close();
    }
}
