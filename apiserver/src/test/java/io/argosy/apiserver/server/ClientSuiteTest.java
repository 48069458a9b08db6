package io.argosy.apiserver.server;

import io.argosy.apiserver.storage.memory.MemoryStore;
import io.argosy.client.ApiSuite;
import io.argosy.client.kubeconfig.ClientConfig;
import io.argosy.client.kubeconfig.Clients;
import io.argosy.client.request.ApiClient;
import io.argosy.client.transport.ClientTls;
import io.argosy.client.transport.Credentials;
import io.argosy.client.transport.EventLoops;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.metrics.Metrics;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The client's suite against this server, over TLS: what its server in memory does, this one does too. */
class ClientSuiteTest extends ApiSuite {

    @TempDir
    private static Path folder;

    private static WholeServer server;
    private static EventLoops loops;
    private static ApiClient client;

    @BeforeAll
    static void start() throws Exception {
        server = WholeServer.start(folder, new MemoryStore(InstantSource.system()));
        loops = new EventLoops();
        ClientConfig config = new ClientConfig(
                URI.create("https://127.0.0.1:" + server.port()),
                "",
                new ClientTls.Options(Optional.empty(), Optional.empty(), Optional.empty(), true, true),
                Credentials.bearer(WholeServer.token()),
                Optional.empty(),
                "",
                0,
                0);
        client = new Clients(loops, Clock.system(), new Metrics()).connect(config, "suite");
    }

    @AfterAll
    static void stop() {
        client.close();
        loops.close();
        server.close();
    }

    @Override
    protected ApiClient client() {
        return client;
    }
}
