package io.argosy.client.kubeconfig;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.argosy.client.request.ObjectJson;
import io.argosy.client.transport.Credentials;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.clock.VirtualClock;
import io.argosy.daemon.config.ConfigurationException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class KubeconfigTest {

    private final VirtualClock clock = new VirtualClock();

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

    private ClientConfig of(String cluster, String user) throws IOException, ConfigurationException {
        return Kubeconfig.load(file("""
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "https://127.0.0.1:6443", %s}}]
                users: [{name: u, user: {%s}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """.formatted(cluster, user)), clock);
    }

    @Test
    void actsAsAnother() throws IOException, ConfigurationException {
        ClientConfig config = of("", "token: t, as: jane, as-groups: [a, b], as-user-extra: {Some/Key: [v]}");
        assertEquals(
                Map.of(
                        "impersonate-user", List.of("jane"),
                        "impersonate-group", List.of("a", "b"),
                        "impersonate-extra-some%2Fkey", List.of("v")),
                config.credentials().impersonation());
        assertEquals(Optional.of("Bearer t"), config.credentials().authorization());
        ConfigurationException e = assertThrows(ConfigurationException.class, () -> of("", "as-groups: [a]"));
        assertEquals(
                "invalid configuration: requesting uid, groups or user-extra without impersonating a user",
                e.getMessage());
    }

    @Test
    void goesThroughAProxy() throws IOException, ConfigurationException {
        assertEquals(
                Optional.of(URI.create("socks5://127.0.0.1:1080")),
                of("proxy-url: 'socks5://127.0.0.1:1080'", "").proxy());
        ConfigurationException e =
                assertThrows(ConfigurationException.class, () -> of("proxy-url: 'ftp://127.0.0.1'", ""));
        assertEquals(
                "invalid configuration: invalid 'proxy-url' \"ftp://127.0.0.1\": unsupported scheme \"ftp\","
                        + " must be http or socks5",
                e.getMessage());
    }

    /** A plugin that counts its runs in its token, and keeps what it was told. */
    private Credentials plugin(String answer) throws IOException, ConfigurationException {
        Path script = Files.writeString(directory.resolve("plugin.sh"), """
                echo x >> runs
                printf '%%s' "$KUBERNETES_EXEC_INFO" > info
                n=$(wc -l < runs)
                cat <<EOF
                %s
                EOF
                """.formatted(answer));
        return of(
                        "tls-server-name: s, extensions: [{name: client.authentication.k8s.io/exec, extension: {k: v}}]",
                        "exec: {apiVersion: client.authentication.k8s.io/v1, command: /bin/sh, args: [-c, 'cd "
                                + directory + " && . " + script
                                + "'], interactiveMode: Never, provideClusterInfo: true}")
                .credentials();
    }

    @Test
    void runsAPluginOnceAndAgainWhenItsAnswerExpires() throws Exception {
        Credentials credentials =
                plugin("{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\","
                        + "\"status\":{\"token\":\"t$n\",\"expirationTimestamp\":\""
                        + clock.instant().plusSeconds(60) + "\"}}");
        assertEquals(Optional.of("Bearer t1"), credentials.authorization());
        assertEquals(Optional.of("Bearer t1"), credentials.authorization());
        clock.advance(Duration.ofSeconds(61));
        assertEquals(Optional.of("Bearer t2"), credentials.authorization());
        credentials.rejected();
        assertEquals(Optional.of("Bearer t3"), credentials.authorization());
        JsonNode info = ObjectJson.tree(Files.readAllBytes(directory.resolve("info")));
        assertEquals("client.authentication.k8s.io/v1", info.path("apiVersion").asString());
        JsonNode cluster = info.path("spec").path("cluster");
        assertEquals("https://127.0.0.1:6443", cluster.path("server").asString());
        assertEquals("s", cluster.path("tls-server-name").asString());
        assertEquals("v", cluster.path("config").path("k").asString());
    }

    @Test
    void refusesWhatAPluginMayNotSay() throws Exception {
        assertEquals(
                "exec plugin is configured to use API version client.authentication.k8s.io/v1, plugin returned"
                        + " version v2",
                assertThrows(
                                IOException.class,
                                () -> plugin("{\"apiVersion\":\"v2\"}").authorization())
                        .getMessage());
        assertEquals(
                "exec plugin didn't return a token or cert/key pair",
                assertThrows(
                                IOException.class,
                                () -> plugin("{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{}}")
                                        .authorization())
                        .getMessage());
    }

    @Test
    void aMasterAloneIsAServerThatKnowsNobody() throws Exception {
        ClientConfig config = Kubeconfig.forDaemon("", "http://127.0.0.1:8080", Clock.system());
        assertEquals("http://127.0.0.1:8080", config.server().toString());
        assertEquals(Optional.empty(), config.tls().certificate());
    }
}
