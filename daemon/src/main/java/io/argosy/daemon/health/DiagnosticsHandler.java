package io.argosy.daemon.health;

import io.argosy.daemon.http.HttpExchange;
import io.argosy.daemon.http.HttpHandler;
import io.argosy.daemon.http.HttpHeaders;
import io.argosy.daemon.http.HttpRequest;
import io.argosy.daemon.http.PreparedResponse;
import io.argosy.daemon.metrics.Configz;
import io.argosy.daemon.metrics.Metrics;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The paths that every daemon serves beside its own: its health endpoints, {@code /metrics}, {@code /configz},
 * {@code /version}, {@code /flagz} and {@code /statusz}. Who may see which is decided in front of this handler.
 */
public final class DiagnosticsHandler implements HttpHandler {

    private final List<HealthEndpoint> endpoints;
    private final Metrics metrics;
    private final Configz configz;
    private final ProcessPages pages;

    public DiagnosticsHandler(List<HealthEndpoint> endpoints, Metrics metrics, Configz configz, ProcessPages pages) {
        this.endpoints = List.copyOf(endpoints);
        this.metrics = metrics;
        this.configz = configz;
        this.pages = pages;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        exchange.send(answer(exchange.request()));
    }

    /** The answer for a request; 404 for a path that is none of these. */
    public PreparedResponse answer(HttpRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return text(405, "Method Not Allowed\n");
        }
        Map<String, List<String>> query = query(request.query());
        for (HealthEndpoint endpoint : endpoints) {
            Optional<HealthAnswer> answer = endpoint.answer(request.path(), query);
            if (answer.isPresent()) {
                return text(answer.get().status(), answer.get().body());
            }
        }
        return switch (request.path()) {
            case "/metrics" -> response(200, Metrics.CONTENT_TYPE, metrics.expose());
            case "/configz" -> response(200, "application/json", configz.expose());
            case "/version" -> response(200, "application/json", pages.version());
            case "/flagz" -> text(200, pages.flagz());
            case "/statusz" -> text(200, pages.statusz(paths()));
            default -> text(404, "404 page not found\n");
        };
    }

    private String paths() {
        return Stream.concat(
                        endpoints.stream().map(HealthEndpoint::path),
                        Stream.of("/configz", "/flagz", "/metrics", "/statusz", "/version"))
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static PreparedResponse text(int status, String body) {
        return response(status, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    private static PreparedResponse response(int status, String type, byte[] body) {
        HttpHeaders headers =
                HttpHeaders.of("Content-Type", type, "X-Content-Type-Options", "nosniff", "Cache-Control", "no-store");
        return new PreparedResponse(status, headers, List.of(body));
    }

    private static Map<String, List<String>> query(String raw) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String pair : raw.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            query.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        }
        return query;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
