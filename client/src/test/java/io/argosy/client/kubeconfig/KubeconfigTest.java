package io.argosy.client.kubeconfig;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigTest {

    @TempDir
    private Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("config"), text);
    }

    @Test
    void readsTheCurrentContext() throws IOException, ConfigurationException {
        Files.writeString(directory.resolve("token"), "secret\n");
        ClientConfig config = Kubeconfig.load(file("""
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "https://127.0.0.1:6443", certificate-authority-data: QQ==}}]
                users: [{name: u, user: {tokenFile: token}}]
                contexts: [{name: x, context: {cluster: c, user: u, namespace: n}}]
                current-context: x
                """), Clock.system());
        assertEquals("https://127.0.0.1:6443", config.server().toString());
        assertEquals("n", config.namespace());
        assertEquals(Optional.of("Bearer secret"), config.credentials().authorization());
        assertArrayEquals(
                new byte[] {'A'}, config.tls().authorities().orElseThrow().read());
    }

    @Test
    void tellsWhatIsMissing() throws IOException {
        Path path = file(
                "{apiVersion: v1, kind: Config, contexts: [{name: x, context: {cluster: c}}], current-context: x}");
        ConfigurationException e =
                assertThrows(ConfigurationException.class, () -> Kubeconfig.load(path, Clock.system()));
        assertEquals("invalid configuration: cluster \"c\" does not exist", e.getMessage());
    }
}
