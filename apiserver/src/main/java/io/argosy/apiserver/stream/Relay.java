package io.argosy.apiserver.stream;

import io.argosy.apimodel.status.ApiException;
import io.argosy.daemon.http.HttpExchange;
import io.argosy.daemon.http.HttpHeaders;
import io.argosy.daemon.http.HttpRequest;
import io.argosy.daemon.http.RawConnection;
import io.argosy.daemon.http.ResponseStream;
import io.argosy.daemon.http.WebSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Sends a request on to a backend and its answer back. An upgrade is spliced only after the backend has answered 101;
 * redirects are not followed.
 */
public final class Relay {

    private static final int BUFFER = 32 * 1024;

    /** Headers of one connection (RFC 9110, section 7.6.1), and those that speak for the caller to this server alone. */
    private static final Set<String> NOT_FORWARDED = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "host",
            "authorization",
            "impersonate-user",
            "impersonate-group",
            "impersonate-uid",
            "content-length");

    private Relay() {}

    /**
     * @param failure what an unreachable backend means to the client
     */
    public static void relay(HttpExchange exchange, Backend backend, Function<IOException, ApiException> failure)
            throws IOException, InterruptedException {
        relay(exchange, backend, UnaryOperator.identity(), failure, Optional.empty());
    }

    /**
     * @param dressed what the headers that are sent on become; they are its own to change
     * @param failure what an unreachable backend means to the client
     */
    public static void relay(
            HttpExchange exchange,
            Backend backend,
            UnaryOperator<HttpHeaders> dressed,
            Function<IOException, ApiException> failure)
            throws IOException, InterruptedException {
        relay(exchange, backend, dressed, failure, Optional.empty());
    }

    /** @param seen where the client sees the backend: the links of its pages are led there */
    static void relay(
            HttpExchange exchange, Backend backend, Function<IOException, ApiException> failure, ProxyPrefix seen)
            throws IOException, InterruptedException {
        relay(exchange, backend, UnaryOperator.identity(), failure, Optional.of(seen));
    }

    private static void relay(
            HttpExchange exchange,
            Backend backend,
            UnaryOperator<HttpHeaders> dressed,
            Function<IOException, ApiException> failure,
            Optional<ProxyPrefix> seen)
            throws IOException, InterruptedException {
        boolean upgrade = isUpgrade(exchange.request());
        try (BackendConnection connection = dial(backend, failure)) {
            exchange.onDisconnect(connection::close);
            BackendConnection.Head head = ask(exchange, backend, connection, upgrade, dressed, failure);
            if (head.status() == 101) {
                splice(exchange, connection, head);
            } else {
                answer(exchange, connection, head, seen);
            }
        }
    }

    /**
     * Relays a body that only the backend writes, and to clients that ask for a WebSocket as its messages, the first of
     * them empty. What the backend refuses is answered without one.
     */
    static void relayOutput(HttpExchange exchange, Backend backend, Function<IOException, ApiException> failure)
            throws IOException, InterruptedException {
        Optional<OutputProtocol> protocol = OutputProtocol.asked(exchange.request());
        try (BackendConnection connection = dial(backend, failure)) {
            exchange.onDisconnect(connection::close);
            BackendConnection.Head head = ask(exchange, backend, connection, false, UnaryOperator.identity(), failure);
            if (protocol.isPresent() && head.status() == 200) {
                WebSocket socket = WebSocket.accept(
                        exchange, protocol.get().name(), protocol.get().form(), connection::close);
                socket.send(new byte[0]);
                copyBody(connection.body(exchange.request().method(), head), socket);
            } else {
                answer(exchange, connection, head, Optional.empty());
            }
        }
    }

    private static BackendConnection dial(Backend backend, Function<IOException, ApiException> failure) {
        try {
            return BackendConnection.open(backend);
        } catch (IOException e) {
            throw failure.apply(e);
        }
    }

    private static BackendConnection.Head ask(
            HttpExchange exchange,
            Backend backend,
            BackendConnection connection,
            boolean upgrade,
            UnaryOperator<HttpHeaders> dressed,
            Function<IOException, ApiException> failure)
            throws InterruptedException {
        HttpRequest request = exchange.request();
        HttpHeaders headers = dressed.apply(forwarded(request));
        headers.set("Host", backend.authority());
        boolean body = !upgrade && hasBody(request);
        if (upgrade) {
            headers.set("Connection", "Upgrade");
            headers.set("Upgrade", request.headers().get("Upgrade"));
        } else {
            headers.set("Connection", "close");
            if (body) {
                headers.set("Transfer-Encoding", "chunked");
            } else if (!Set.of("GET", "HEAD", "OPTIONS").contains(request.method())) {
                headers.set("Content-Length", "0");
            }
        }
        try {
            connection.sendHead(request.method(), backend.target(), headers);
            if (!body) {
                return connection.readHead();
            }
            Thread sender = Thread.ofVirtual().start(() -> sendBody(exchange, connection));
            BackendConnection.Head head = connection.readHead();
            sender.interrupt();
            return head;
        } catch (IOException e) {
            throw failure.apply(e);
        }
    }

    private static void sendBody(HttpExchange exchange, BackendConnection connection) {
        byte[] buffer = new byte[BUFFER];
        OutputStream out = connection.output();
        try (InputStream body = exchange.body()) {
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                out.write((Integer.toHexString(count) + "\r\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                out.write(buffer, 0, count);
                out.write(new byte[] {'\r', '\n'});
                out.flush();
            }
            out.write("0\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            out.flush();
        } catch (IOException e) {
            // The backend may answer before it has read everything; what it answers decides.
            return;
        }
    }

    private static void answer(
            HttpExchange exchange,
            BackendConnection connection,
            BackendConnection.Head head,
            Optional<ProxyPrefix> seen)
            throws IOException {
        HttpHeaders headers = HttpHeaders.of();
        head.headers().forEach((name, value) -> {
            if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
                headers.add(name, value);
            }
        });
        InputStream body = connection.body(exchange.request().method(), head);
        if (seen.isPresent()) {
            headers.first("Location")
                    .ifPresent(to -> headers.set("Location", seen.get().link(to)));
            if (ProxiedPage.isPage(headers)) {
                body = new ProxiedPage(seen.get()).rewritten(body, headers);
            }
        }
        copyBody(body, exchange.stream(head.status(), headers));
    }

    private static void copyBody(InputStream in, ResponseStream out) throws IOException {
        try {
            while (true) {
                byte[] buffer = new byte[BUFFER];
                int count = in.read(buffer);
                if (count < 0) {
                    break;
                }
                out.write(buffer, 0, count);
                out.flush();
            }
            out.close();
        } catch (IOException e) {
            out.abort();
            throw e;
        }
    }

    private static void splice(HttpExchange exchange, BackendConnection backend, BackendConnection.Head head)
            throws IOException, InterruptedException {
        HttpHeaders headers = HttpHeaders.of();
        head.headers().forEach(headers::add);
        try (RawConnection client = exchange.upgrade(headers)) {
            Thread up = Thread.ofVirtual().start(() -> copy(client.input(), backend.output(), backend::close));
            copy(backend.input(), client.output(), client::close);
            client.close();
            backend.close();
            up.join();
        }
    }

    /** Copies to the end; the end of one direction, or a failure, ends both. */
    private static void copy(InputStream in, OutputStream out, Runnable end) {
        byte[] buffer = new byte[BUFFER];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                out.flush();
            }
        } catch (IOException e) {
            // One side has gone: there is nobody to tell but the other, by the end of the connection.
            return;
        } finally {
            end.run();
        }
    }

    private static HttpHeaders forwarded(HttpRequest request) {
        HttpHeaders headers = HttpHeaders.of();
        request.headers().forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!lower.startsWith(":") && !NOT_FORWARDED.contains(lower) && !lower.startsWith("impersonate-extra-")) {
                headers.add(name, value);
            }
        });
        headers.add("X-Forwarded-For", request.remote().getAddress().getHostAddress());
        return headers;
    }

    private static boolean isUpgrade(HttpRequest request) {
        return request.headers().hasToken("Connection", "upgrade")
                && request.headers().has("Upgrade");
    }

    private static boolean hasBody(HttpRequest request) {
        return request.headers().has("Transfer-Encoding")
                || request.headers()
                        .first("Content-Length")
                        .filter(length -> !length.equals("0"))
                        .isPresent()
                || (request.protocol().startsWith("HTTP/2")
                        && Set.of("POST", "PUT", "PATCH").contains(request.method()));
    }
}
