package io.argosy.kubeproxy.health;

import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.health.DiagnosticsHandler;
import io.argosy.daemon.health.HealthEndpoint;
import io.argosy.daemon.http.HttpExchange;
import io.argosy.daemon.http.HttpHandler;
import io.argosy.daemon.http.HttpHeaders;
import io.argosy.daemon.http.HttpServer;
import io.argosy.daemon.http.HttpServerConfig;
import io.argosy.daemon.http.PreparedResponse;
import io.argosy.daemon.lifecycle.DaemonContext;
import io.argosy.daemon.lifecycle.Stack;
import io.argosy.daemon.lifecycle.TaskScope;
import io.argosy.kubeproxy.config.ProxyConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The proxy's own two ports: health for everybody (10256), metrics and configuration for this machine (10249). */
public final class ProxyHealth {

    private static final Logger LOG = LoggerFactory.getLogger(ProxyHealth.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private ProxyHealth() {}

    /**
     * Starts the servers whose addresses are given. An address that cannot be listened on is tried again until it can,
     * unless that is to end the proxy.
     */
    public static AutoCloseable start(ProxyConfig.Addresses addresses, BooleanSupplier healthy, DaemonContext context)
            throws IOException {
        DiagnosticsHandler diagnostics = new DiagnosticsHandler(
                List.of(new HealthEndpoint("healthz")), context.metrics(), context.configz(), context.pages());
        HttpHandler health = exchange ->
                answer(exchange, healthy.getAsBoolean(), context.clock().instant());
        HttpHandler metrics = exchange -> {
            if (exchange.request().path().equals("/proxyMode")) {
                exchange.send(text(200, "nftables"));
            } else {
                diagnostics.handle(exchange);
            }
        };
        Stack servers = new Stack();
        TaskScope retries = new TaskScope("proxy-health");
        try {
            open("healthz", addresses.healthz(), health, addresses.hardFail(), servers, retries, context.clock());
            open("metrics", addresses.metrics(), metrics, addresses.hardFail(), servers, retries, context.clock());
            servers.push("retries", retries);
            return servers;
        } catch (IOException | RuntimeException e) {
            retries.close();
            servers.close();
            throw e;
        }
    }

    private static void open(
            String name,
            String address,
            HttpHandler handler,
            boolean hardFail,
            Stack servers,
            TaskScope retries,
            Clock clock)
            throws IOException {
        if (address.isEmpty()) {
            return;
        }
        try {
            servers.push(name, HttpServer.start(HttpServerConfig.cleartext(address(address)), handler));
        } catch (IOException e) {
            if (hardFail) {
                throw new IOException(name + " server failed: listen " + address + ": " + e.getMessage(), e);
            }
            LOG.error("cannot listen server={} address={} reason={}", name, address, e.getMessage());
            retries.fork(name, () -> listenLater(name, address, handler, clock));
        }
    }

    /** Tries until it listens, then serves until it is interrupted. */
    private static void listenLater(String name, String address, HttpHandler handler, Clock clock)
            throws InterruptedException {
        while (true) {
            clock.sleep(RETRY);
            try (HttpServer _ = HttpServer.start(HttpServerConfig.cleartext(address(address)), handler)) {
                LOG.info("listens now server={} address={}", name, address);
                new CountDownLatch(1).await();
            } catch (IOException e) {
                LOG.debug("still cannot listen server={} address={}", name, address, e);
            }
        }
    }

    private static void answer(HttpExchange exchange, boolean healthy, Instant now) throws IOException {
        String path = exchange.request().path();
        if (!path.equals("/healthz") && !path.equals("/livez")) {
            exchange.send(text(404, "404 page not found\n"));
            return;
        }
        String body = "{\"lastUpdated\": \"" + now + "\",\"currentTime\": \"" + now + "\", \"nodeEligible\": " + healthy
                + "}";
        exchange.send(new PreparedResponse(
                healthy ? 200 : 503,
                HttpHeaders.of("Content-Type", "application/json", "X-Content-Type-Options", "nosniff"),
                List.of(body.getBytes(StandardCharsets.UTF_8))));
    }

    private static PreparedResponse text(int status, String body) {
        return new PreparedResponse(
                status,
                HttpHeaders.of("Content-Type", "text/plain; charset=utf-8"),
                List.of(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, colon).replace("[", "").replace("]", "");
        int port = Integer.parseInt(text.substring(colon + 1));
        return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
    }
}
