package io.argosy.apiserver.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.status.ApiException;
import io.argosy.daemon.http.HttpHandler;
import io.argosy.daemon.http.HttpHeaders;
import io.argosy.daemon.http.HttpServer;
import io.argosy.daemon.http.HttpServerConfig;
import io.argosy.daemon.http.PreparedResponse;
import io.argosy.daemon.http.RawConnection;
import io.argosy.daemon.http.ResponseStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelayTest {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final java.util.ArrayDeque<HttpServer> servers = new java.util.ArrayDeque<>();

    @AfterEach
    void stop() {
        servers.forEach(HttpServer::close);
    }

    private HttpServer serve(HttpHandler handler) throws Exception {
        HttpServer server = HttpServer.start(HttpServerConfig.cleartext(ANY_PORT), handler);
        servers.push(server);
        return server;
    }

    private HttpServer relayTo(int port) throws Exception {
        return serve(exchange -> {
            try {
                Backend backend = new Backend("127.0.0.1", port, "/behind", "a=1", Optional.empty(), false);
                Relay.relay(exchange, backend, failure -> ApiException.serviceUnavailable("unreachable"));
            } catch (ApiException e) {
                exchange.send(new PreparedResponse(e.code(), HttpHeaders.of(), List.of(new byte[0])));
            }
        });
    }

    @Test
    void bodiesGoBothWaysAndConnectionHeadersStay() throws Exception {
        HttpServer backend = serve(exchange -> {
            String body = new String(exchange.readBody(1000), StandardCharsets.UTF_8);
            String seen = exchange.request().target() + "|" + body + "|"
                    + exchange.request().headers().has("Authorization");
            try (ResponseStream out = exchange.stream(202, HttpHeaders.of("X-Answer", "yes"))) {
                out.write(seen.getBytes(StandardCharsets.UTF_8));
            }
        });
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                        + relayTo(backend.port()).port() + "/x"))
                                .version(HttpClient.Version.HTTP_1_1)
                                .header("Authorization", "Bearer secret")
                                .POST(HttpRequest.BodyPublishers.ofString("question"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertEquals(202, answer.statusCode());
        assertEquals("yes", answer.headers().firstValue("X-Answer").orElse(""));
        assertEquals("/behind?a=1|question|false", answer.body());
    }

    @Test
    void anUpgradeIsSplicedOnceTheBackendAgrees() throws Exception {
        HttpServer backend = serve(exchange -> {
            try (RawConnection raw = exchange.upgrade(HttpHeaders.of("Upgrade", "echo", "Connection", "Upgrade"))) {
                byte[] buffer = new byte[100];
                int count = raw.input().read(buffer);
                raw.output().write(buffer, 0, count);
                raw.output().flush();
            }
        });
        try (Socket client = new Socket(
                InetAddress.getLoopbackAddress(), relayTo(backend.port()).port())) {
            client.getOutputStream()
                    .write("GET /x HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = client.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            assertTrue(head.toString().startsWith("HTTP/1.1 101"), head.toString());
            client.getOutputStream().write("ping".getBytes(StandardCharsets.US_ASCII));
            assertEquals("ping", new String(in.readNBytes(4), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void aBackendThatIsNotThereIsTold() throws Exception {
        HttpServer gone = serve(exchange -> {});
        int port = gone.port();
        servers.remove(gone);
        gone.close();
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + relayTo(port).port() + "/x"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertEquals(503, answer.statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/namespaces/a/pods/b/proxy, true, ''",
        "/api/v1/namespaces/a/pods/b/proxy/, true, /",
        "/api/v1/namespaces/a/services/proxy/proxy/x%2Fy/z, true, /x%2Fy/z",
        "/api/v1/nodes/n/proxy/metrics, false, /metrics"
    })
    void whatFollowsProxyIsSentOnAsItCame(String path, boolean namespaced, String expected) {
        assertEquals(expected, StreamHandler.pathBehindProxy(path, namespaced));
    }
}
