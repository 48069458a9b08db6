package io.argosy.kubelet.server;

import io.argosy.daemon.health.DiagnosticsHandler;
import io.argosy.daemon.http.HttpExchange;
import io.argosy.daemon.http.HttpHandler;
import io.argosy.daemon.http.HttpHeaders;
import io.argosy.daemon.http.PreparedResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Answers {@code /healthz} and what lies below it, and nothing else. */
record HealthOnly(DiagnosticsHandler diagnostics) implements HttpHandler {

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String path = exchange.request().path();
        if (path.equals("/healthz") || path.startsWith("/healthz/")) {
            exchange.send(diagnostics.answer(exchange.request()));
            return;
        }
        exchange.send(new PreparedResponse(
                404,
                HttpHeaders.of("Content-Type", "text/plain; charset=utf-8"),
                List.of("404 page not found\n".getBytes(StandardCharsets.UTF_8))));
    }
}
