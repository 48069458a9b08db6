package io.argosy.daemon.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WebSocketTest {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    private java.net.http.WebSocket dial(HttpServer server) {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("other", "known")
                .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/"), new Listener())
                .join();
    }

    private HttpServer serve(HttpHandler handler) throws Exception {
        return HttpServer.start(HttpServerConfig.cleartext(ANY_PORT), handler);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, 300_000})
    void sendsEachFlushAsOneMessage(int length) throws Exception {
        String half = "x".repeat(length);
        try (HttpServer server = serve(exchange -> {
            assertTrue(WebSocket.isRequested(exchange.request()));
            assertEquals(List.of("other", "known"), WebSocket.protocols(exchange.request()));
            try (WebSocket socket = WebSocket.accept(exchange, "known", WebSocket.Form.TEXT, ended::countDown)) {
                socket.write(half.getBytes(UTF_8));
                socket.write("end".getBytes(UTF_8));
                socket.flush();
                socket.write("next".getBytes(UTF_8));
            }
        })) {
            assertEquals("known", dial(server).getSubprotocol());
            assertEquals("text " + half + "end", heard.take());
            assertEquals("text next", heard.take());
            assertEquals("close 1000", heard.take());
        }
    }

    @Test
    void answersPingsDropsMessagesAndSeesTheClientGo() throws Exception {
        CompletableFuture<Boolean> seen = new CompletableFuture<>();
        try (HttpServer server = serve(exchange -> {
            WebSocket socket = WebSocket.accept(exchange, "", WebSocket.Form.BASE64, ended::countDown);
            socket.send("a".getBytes(UTF_8));
            try {
                seen.complete(ended.await(30, TimeUnit.SECONDS) && socket.disconnected());
            } finally {
                socket.abort();
            }
        })) {
            java.net.http.WebSocket client = dial(server);
            assertEquals("text YQ==", heard.take());
            client.sendText("nobody listens " + "x".repeat(70_000), true).join();
            client.sendPing(ByteBuffer.wrap("p".getBytes(UTF_8))).join();
            assertEquals("pong p", heard.take());
            client.sendClose(1000, "").join();
            assertTrue(seen.join());
        }
    }

    private final class Listener implements java.net.http.WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(java.net.http.WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                heard.add("text " + text);
                text.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onPong(java.net.http.WebSocket socket, ByteBuffer message) {
            heard.add("pong " + UTF_8.decode(message));
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(java.net.http.WebSocket socket, int code, String reason) {
            heard.add("close " + code);
            return CompletableFuture.completedStage(null);
        }
    }
}
