package io.argosy.kubeproxy.health;

import io.argosy.daemon.health.DiagnosticsHandler;
import io.argosy.daemon.health.HealthEndpoint;
import io.argosy.daemon.http.HttpExchange;
import io.argosy.daemon.http.HttpHeaders;
import io.argosy.daemon.http.HttpServer;
import io.argosy.daemon.http.HttpServerConfig;
import io.argosy.daemon.http.PreparedResponse;
import io.argosy.daemon.lifecycle.DaemonContext;
import io.argosy.daemon.lifecycle.Stack;
import io.argosy.kubeproxy.config.ProxyConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The proxy's own two ports: health for everybody (10256), metrics and configuration for this machine (10249). */
public final class ProxyHealth {

    private ProxyHealth() {}

    /** Starts the servers whose addresses are given. */
    public static AutoCloseable start(ProxyConfig config, BooleanSupplier healthy, DaemonContext context)
            throws IOException {
        Stack servers = new Stack();
        try {
            if (!config.healthzAddress().isEmpty()) {
                servers.push(
                        "healthz",
                        HttpServer.start(
                                HttpServerConfig.cleartext(address(config.healthzAddress())),
                                exchange -> answer(
                                        exchange,
                                        healthy.getAsBoolean(),
                                        context.clock().instant())));
            }
            if (!config.metricsAddress().isEmpty()) {
                DiagnosticsHandler diagnostics = new DiagnosticsHandler(
                        List.of(new HealthEndpoint("healthz")), context.metrics(), context.configz(), context.pages());
                servers.push(
                        "metrics",
                        HttpServer.start(HttpServerConfig.cleartext(address(config.metricsAddress())), exchange -> {
                            if (exchange.request().path().equals("/proxyMode")) {
                                exchange.send(text(200, "nftables"));
                            } else {
                                diagnostics.handle(exchange);
                            }
                        }));
            }
            return servers;
        } catch (IOException | RuntimeException e) {
            servers.close();
            throw e;
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
