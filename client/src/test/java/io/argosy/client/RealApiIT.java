package io.argosy.client;

import io.argosy.client.kubeconfig.Clients;
import io.argosy.client.kubeconfig.Kubeconfig;
import io.argosy.client.request.ApiClient;
import io.argosy.client.transport.EventLoops;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.config.ConfigurationException;
import io.argosy.daemon.metrics.Metrics;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The suite against the API server of a kubeconfig file that the environment names. */
@EnabledIfEnvironmentVariable(named = "ARGOSY_TEST_KUBECONFIG", matches = ".+")
class RealApiIT extends ApiSuite {

    private final EventLoops loops = new EventLoops();
    private ApiClient client;

    @BeforeEach
    void connect() throws ConfigurationException {
        Path file = Path.of(System.getenv("ARGOSY_TEST_KUBECONFIG"));
        client = new Clients(loops, Clock.system(), new Metrics())
                .connect(Kubeconfig.load(file, Clock.system()), "argosy-test");
    }

    @AfterEach
    void disconnect() {
        client.close();
        loops.close();
    }

    @Override
    protected ApiClient client() {
        return client;
    }
}
