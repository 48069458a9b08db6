package io.argosy.kubelet.server;

import io.argosy.daemon.http.HttpExchange;
import io.argosy.daemon.http.HttpHeaders;
import io.argosy.daemon.http.PreparedResponse;
import io.argosy.daemon.http.RawConnection;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands an upgraded connection (WebSocket or SPDY, whatever the client speaks) on to the runtime's streaming server and
 * carries bytes both ways until one side ends. What is inside is none of the kubelet's business.
 */
final class StreamRelay {

    private static final Logger LOG = LoggerFactory.getLogger(StreamRelay.class);
    private static final Duration CONNECT = Duration.ofSeconds(30);
    private static final int LONGEST_HEAD = 64 * 1024;
    private static final int LARGEST_REFUSAL = 64 * 1024;
    private static final Set<String> DROPPED = Set.of("host", "authorization", "content-length", "transfer-encoding");

    private final Duration idle;

    StreamRelay(Duration idle) {
        this.idle = idle;
    }

    void relay(HttpExchange exchange, String url) throws IOException {
        URI target = URI.create(url);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(target.getHost(), target.getPort()), (int) CONNECT.toMillis());
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(head(exchange, target).getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = new BufferedInputStream(socket.getInputStream());
            Head answer = readHead(in);
            if (answer.status() != 101) {
                byte[] body = in.readNBytes(LARGEST_REFUSAL);
                exchange.send(new PreparedResponse(
                        answer.status(), HttpHeaders.of("Content-Type", "text/plain"), List.of(body)));
                return;
            }
            socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, idle.toMillis()));
            try (RawConnection client = exchange.upgrade(answer.headers())) {
                carry(client, socket, in);
            }
        }
    }

    private static String head(HttpExchange exchange, URI target) {
        String path = target.getRawPath() + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery());
        StringBuilder out = new StringBuilder(exchange.request().method())
                .append(' ')
                .append(path)
                .append(" HTTP/1.1\r\nHost: ")
                .append(target.getRawAuthority())
                .append("\r\n");
        exchange.request().headers().forEach((name, value) -> {
            if (!DROPPED.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                out.append(name).append(": ").append(value).append("\r\n");
            }
        });
        return out.append("\r\n").toString();
    }

    private record Head(int status, HttpHeaders headers) {}

    private static Head readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int newlines = 0;
        while (newlines < 2) {
            int b = in.read();
            if (b < 0 || head.size() > LONGEST_HEAD) {
                throw new IOException("the streaming server gave no answer");
            }
            head.write(b);
            newlines = b == '\n' ? newlines + 1 : b == '\r' ? newlines : 0;
        }
        String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r?\n");
        HttpHeaders headers = HttpHeaders.of();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.add(
                        lines[i].substring(0, colon),
                        lines[i].substring(colon + 1).strip());
            }
        }
        String[] status = lines[0].split(" ", 3);
        return new Head(status.length > 1 ? Integer.parseInt(status[1]) : 502, headers);
    }

    private static void carry(RawConnection client, Socket socket, InputStream fromRuntime) throws IOException {
        Thread up = Thread.ofVirtual().name("stream-up").start(() -> {
            try {
                copy(client.input(), socket.getOutputStream());
                socket.shutdownOutput();
            } catch (IOException e) {
                LOG.debug("stream to runtime ended error={}", e.getMessage());
                closeQuietly(socket);
            }
        });
        try {
            copy(fromRuntime, client.output());
        } finally {
            client.close();
            closeQuietly(socket);
            try {
                up.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] block = new byte[16 * 1024];
        int n = in.read(block);
        while (n >= 0) {
            out.write(block, 0, n);
            out.flush();
            n = in.read(block);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("close failed error={}", e.getMessage());
        }
    }
}
