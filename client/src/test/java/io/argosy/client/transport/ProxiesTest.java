package io.argosy.client.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.daemon.lifecycle.TaskScope;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProxiesTest {

    private final BlockingQueue<List<String>> heads = new LinkedBlockingQueue<>();

    /** A proxy that opens every tunnel, and answers itself what comes through it. */
    private void proxy(ServerSocket listener) throws IOException {
        try (Socket socket = listener.accept()) {
            BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            heads.add(head(reader));
            socket.getOutputStream().write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(ISO_8859_1));
            heads.add(head(reader));
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(ISO_8859_1));
            reader.read();
        }
    }

    private static List<String> head(BufferedReader reader) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
            lines.add(line);
        }
        return lines;
    }

    @Test
    void theProxyOpensTheWayToAServerWhoseNameOnlyItKnows() throws Exception {
        try (EventLoops loops = new EventLoops();
                ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TaskScope tasks = new TaskScope("proxy")) {
            tasks.fork("serve", () -> proxy(listener));
            URI proxy = URI.create("http://u:p@127.0.0.1:" + listener.getLocalPort());
            Endpoint server = Endpoint.of(URI.create("http://server.invalid:8080"), "");
            try (NettyTransport transport = new NettyTransport(server, Optional.empty(), Optional.of(proxy), loops)) {
                HttpAnswer answer = transport.call(HttpCall.get("/livez"));
                assertEquals("ok", new String(answer.body(), UTF_8));
            }
            List<String> tunnel = heads.poll(10, TimeUnit.SECONDS);
            assertEquals("CONNECT server.invalid:8080 HTTP/1.1", tunnel.getFirst());
            assertEquals(
                    1,
                    tunnel.stream().filter(line -> line.endsWith("Basic dTpw")).count());
            assertEquals("GET /livez HTTP/1.1", heads.poll(10, TimeUnit.SECONDS).getFirst());
        }
    }

    @Test
    void onlyProxiesThatAreKnownAreTaken() {
        assertEquals(Optional.empty(), Proxies.problem(URI.create("socks5://h:1")));
        assertEquals(
                Optional.of("unsupported scheme \"https\", must be http or socks5"),
                Proxies.problem(URI.create("https://h")));
    }
}
