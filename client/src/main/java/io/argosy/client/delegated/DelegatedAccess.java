package io.argosy.client.delegated;

import io.argosy.client.request.ApiClient;
import io.argosy.client.request.RequestException;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.http.HttpExchange;
import io.argosy.daemon.http.HttpHandler;
import io.argosy.daemon.http.HttpHeaders;
import io.argosy.daemon.http.HttpRequest;
import io.argosy.daemon.http.PreparedResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Stands before a daemon's own paths: some are for everyone, the others for callers that the apiserver knows and allows
 * to get that path. In doubt it refuses.
 */
public final class DelegatedAccess implements HttpHandler {

    private final HttpHandler handler;
    private final ClientCertificates certificates;
    private final Reviews reviews;
    private final List<String> alwaysAllowed;

    /**
     * @param clientCaFile authorities of client certificates; empty to look them up in the cluster
     * @param alwaysAllowed paths; one that ends with a star stands for all that begin so
     */
    public DelegatedAccess(
            HttpHandler handler, ApiClient client, Clock clock, String clientCaFile, List<String> alwaysAllowed) {
        this.handler = handler;
        this.certificates = new ClientCertificates(
                clientCaFile.isEmpty() ? Optional.empty() : Optional.of(Path.of(clientCaFile)), client, clock);
        this.reviews = new Reviews(client, clock);
        this.alwaysAllowed = List.copyOf(alwaysAllowed);
    }

    /** For the TLS handshake: whose certificates are asked for. */
    public Collection<X509Certificate> authorities() {
        return certificates.known();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException, InterruptedException {
        HttpRequest request = exchange.request();
        if (isAlwaysAllowed(request.path())) {
            handler.handle(exchange);
            return;
        }
        try {
            Optional<Caller> caller = caller(request);
            if (caller.isEmpty()) {
                exchange.send(refusal(401, "Unauthorized"));
                return;
            }
            Access access = Access.ofPath(request.method().toLowerCase(Locale.ROOT), request.path());
            if (!reviews.allows(caller.get(), access)) {
                exchange.send(refusal(
                        403,
                        "forbidden: User \"" + caller.get().name() + "\" cannot " + access.verb() + " path \""
                                + request.path() + "\""));
                return;
            }
        } catch (RequestException e) {
            exchange.send(refusal(500, "the API server cannot be asked"));
            return;
        }
        handler.handle(exchange);
    }

    private boolean isAlwaysAllowed(String path) {
        return alwaysAllowed.stream()
                .anyMatch(allowed -> allowed.endsWith("*")
                        ? path.startsWith(allowed.substring(0, allowed.length() - 1))
                        : path.equals(allowed) || path.equals(allowed + "/"));
    }

    private Optional<Caller> caller(HttpRequest request) {
        Optional<Caller> byCertificate = certificates.caller(request.peerCertificates());
        if (byCertificate.isPresent()) {
            return byCertificate;
        }
        String header = request.headers().get("authorization");
        if (header.isEmpty()) {
            return Optional.of(Caller.ANONYMOUS);
        }
        return header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? reviews.caller(header.substring(7).strip())
                : Optional.empty();
    }

    private static PreparedResponse refusal(int status, String message) {
        return new PreparedResponse(
                status,
                HttpHeaders.of("Content-Type", "text/plain; charset=utf-8", "X-Content-Type-Options", "nosniff"),
                List.of((message + "\n").getBytes(StandardCharsets.UTF_8)));
    }
}
