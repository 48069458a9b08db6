package io.argosy.daemon.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.daemon.tls.CertificateFiles;
import io.argosy.daemon.tls.Pem;
import io.argosy.daemon.tls.ServerTls;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class HttpServerTest {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @TempDir
    Path folder;

    private HttpServer server;
    private SSLContext trust;
    private final CountDownLatch disconnected = new CountDownLatch(1);
    private final CompletableFuture<IOException> writeFailure = new CompletableFuture<>();
    private final AtomicInteger atOnce = new AtomicInteger();

    @BeforeEach
    void start() throws Exception {
        Path certificate = folder.resolve("tls.crt");
        Path key = folder.resolve("tls.key");
        TestCertificates.write(certificate, key, "server");
        X509Certificate authority =
                Pem.certificates(Files.readAllBytes(certificate)).getFirst();
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("ca", authority);
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        trust = SSLContext.getInstance("TLS");
        trust.init(null, factory.getTrustManagers(), null);
        ServerTls tls = new ServerTls(
                ServerTls.Options.of(CertificateFiles.of(certificate, key)).askingForClientCertificates(List::of),
                Clock.systemUTC());
        server = HttpServer.start(HttpServerConfig.secure(ANY_PORT, tls), new TestHandler());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private final class TestHandler implements HttpHandler {
        @Override
        public Optional<PreparedResponse> answerAtOnce(HttpRequest request) {
            if (!request.path().equals("/fast")) {
                return Optional.empty();
            }
            atOnce.incrementAndGet();
            return Optional.of(new PreparedResponse(
                    200, HttpHeaders.of("X-Fast", "yes"), List.of("fa".getBytes(US_ASCII), "st".getBytes(US_ASCII))));
        }

        @Override
        public void handle(HttpExchange exchange) throws IOException, InterruptedException {
            switch (exchange.request().path()) {
                case "/echo" -> {
                    byte[] body = exchange.readBody(3 << 20);
                    exchange.send(new PreparedResponse(
                            201,
                            HttpHeaders.of(
                                    "X-Query",
                                    exchange.request().query(),
                                    "X-Protocol",
                                    exchange.request().protocol()),
                            List.of(body)));
                }
                case "/limited" -> {
                    try {
                        exchange.readBody(1000);
                    } catch (BodyTooLargeException e) {
                        exchange.send(new PreparedResponse(413, new HttpHeaders(), List.of()));
                    }
                }
                case "/stream" -> {
                    try (ResponseStream stream = exchange.stream(200, new HttpHeaders())) {
                        for (int i = 0; i < 1000; i++) {
                            stream.write((i + "\n").getBytes(US_ASCII));
                            stream.flush();
                        }
                    }
                }
                case "/endless" -> endless(exchange);
                case "/wait" -> {
                    exchange.onDisconnect(disconnected::countDown);
                    disconnected.await();
                }
                case "/throw" -> throw new IllegalStateException("as asked");
                default -> exchange.send(new PreparedResponse(404, new HttpHeaders(), List.of()));
            }
        }

        private void endless(HttpExchange exchange) throws IOException {
            byte[] piece = new byte[32 << 10];
            try (ResponseStream stream = exchange.stream(200, new HttpHeaders())) {
                while (true) {
                    stream.write(piece);
                }
            } catch (IOException e) {
                writeFailure.complete(e);
                throw e;
            }
        }
    }

    private HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder().version(version).sslContext(trust).build();
    }

    private URI uri(String path) {
        return URI.create("https://localhost:" + server.port() + path);
    }

    private java.net.http.HttpRequest.Builder request(String path) {
        return java.net.http.HttpRequest.newBuilder(uri(path));
    }

    @ParameterizedTest
    @EnumSource
    void bodiesGoBothWays(HttpClient.Version version) throws Exception {
        try (HttpClient client = client(version)) {
            for (int size : new int[] {0, 1, 70_000, 3 << 20}) {
                byte[] body = new byte[size];
                Arrays.fill(body, (byte) 'x');
                HttpResponse<byte[]> answer = client.send(
                        request("/echo?a=b%20c")
                                .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
                assertEquals(201, answer.statusCode());
                assertEquals("a=b%20c", answer.headers().firstValue("x-query").orElseThrow());
                assertEquals(
                        version == HttpClient.Version.HTTP_2 ? "HTTP/2.0" : "HTTP/1.1",
                        answer.headers().firstValue("x-protocol").orElseThrow());
                assertEquals(size, answer.body().length);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void streamsArriveWhole(HttpClient.Version version) throws Exception {
        try (HttpClient client = client(version)) {
            HttpResponse<String> answer = client.send(request("/stream").build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(1000, answer.body().lines().count());
            assertTrue(answer.body().endsWith("\n999\n"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void readyAnswersNeedNoThread(HttpClient.Version version) throws Exception {
        try (HttpClient client = client(version)) {
            HttpResponse<String> answer = client.send(request("/fast").build(), HttpResponse.BodyHandlers.ofString());
            assertEquals("fast", answer.body());
            assertEquals(1, atOnce.get());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBodyOverItsLimitIsRefusedAndTheServerGoesOn(HttpClient.Version version) throws Exception {
        try (HttpClient client = client(version)) {
            HttpResponse<String> answer = client.send(
                    request("/limited")
                            .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(new byte[2000]))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals(413, answer.statusCode());
            assertEquals(
                    "fast",
                    client.send(request("/fast").build(), HttpResponse.BodyHandlers.ofString())
                            .body());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHandlerThatThrowsIsA500(HttpClient.Version version) throws Exception {
        try (HttpClient client = client(version)) {
            HttpResponse<String> answer = client.send(request("/throw").build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(500, answer.statusCode());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWriterLearnsThatItsClientIsGone(HttpClient.Version version) throws Exception {
        try (HttpClient client = client(version)) {
            HttpResponse<InputStream> answer =
                    client.send(request("/endless").build(), HttpResponse.BodyHandlers.ofInputStream());
            answer.body().readNBytes(100_000);
            assertFalse(writeFailure.isDone(), "waits while the client does not read");
            answer.body().close();
            assertTrue(writeFailure.get(20, TimeUnit.SECONDS).getMessage().contains("gone away"));
        }
    }

    @Test
    void aSilentHandlerLearnsThatItsClientIsGone() throws Exception {
        try (Socket socket = trust.getSocketFactory().createSocket("localhost", server.port())) {
            socket.getOutputStream().write("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
            socket.getOutputStream().flush();
        }
        assertTrue(disconnected.await(20, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    GET /fast HTTP/1.1\\r\\nHost: a                            | 200
                    GET /fast HTTP/1.0                                       | 200
                    GET /fast HTTP/1.1\\r\\nX: a                               | 400
                    GET /fast HTTP/1.1\\r\\nHost: a\\r\\nHost: b                | 400
                    GET fast HTTP/1.1\\r\\nHost: a                             | 400
                    GET /fast HTTP/3.0\\r\\nHost: a                            | 505
                    POST /echo HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: gzip, chunked | 501
                    POST /echo HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: chunked\\r\\nContent-Length: 4 | 400
                    POST /echo HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 4\\r\\nContent-Length: 5      | 400
                    POST /echo HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 2\\r\\nExpect: wonders      | 417
                    """)
    void headsThatHttpForbidsAreRefused(String head, int status) throws Exception {
        String answer = raw(head.replace("\\r\\n", "\r\n") + "\r\nConnection: close\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    }

    @Test
    void aBodyInBrokenChunksEndsItsRequestAndItsConnection() throws Exception {
        String answer = raw("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
    }

    /** What the server answers to these bytes until it closes the connection. */
    private String raw(String request) throws IOException {
        try (Socket socket = trust.getSocketFactory().createSocket("localhost", server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    @Test
    void aDrainedServerLetsRequestsEnd() throws Exception {
        try (HttpClient client = client(HttpClient.Version.HTTP_2)) {
            CompletableFuture<HttpResponse<String>> running =
                    client.sendAsync(request("/stream").build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(1000, running.get().body().lines().count());
            server.stopAccepting();
            assertTrue(server.awaitDrained(Duration.ofSeconds(20)));
        }
    }
}
