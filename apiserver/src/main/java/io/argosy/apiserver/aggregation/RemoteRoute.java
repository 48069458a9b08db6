package io.argosy.apiserver.aggregation;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apiserver.request.ApiRequest;
import io.argosy.apiserver.stream.Backend;
import io.argosy.apiserver.stream.Relay;
import io.argosy.daemon.http.HttpExchange;
import io.argosy.daemon.http.HttpHeaders;
import io.argosy.daemon.http.PreparedResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The way of a request to the server that answers its group and version. */
public final class RemoteRoute {

    private final ServedApi api;
    private final RemoteServers servers;

    RemoteRoute(ServedApi api, RemoteServers servers) {
        this.api = api;
        this.servers = servers;
    }

    /** Sends the request on in the name of its user; a server that cannot be reached is told in plain text. */
    public void relay(ApiRequest request, HttpExchange exchange) throws IOException, InterruptedException {
        if (!api.available()) {
            refuse(request, exchange, 503, "service unavailable");
            return;
        }
        try {
            Optional<Backend> backend = servers.backend(
                    api, exchange.request().path(), exchange.request().query());
            if (backend.isEmpty()) {
                refuse(request, exchange, 503, "service unavailable");
                return;
            }
            Relay.relay(
                    exchange,
                    backend.get(),
                    headers -> RemoteUser.dress(headers, request.user()),
                    failure ->
                            ApiException.serviceUnavailable("error trying to reach service: " + failure.getMessage()));
        } catch (ApiException e) {
            refuse(request, exchange, e.code(), e.message());
        }
    }

    private static void refuse(ApiRequest request, HttpExchange exchange, int code, String text) throws IOException {
        if (exchange.answered()) {
            return;
        }
        HttpHeaders headers = request.notes().headers();
        headers.add("Cache-Control", "no-cache, private");
        headers.add("Content-Type", "text/plain; charset=utf-8");
        headers.add("X-Content-Type-Options", "nosniff");
        exchange.send(new PreparedResponse(code, headers, List.of((text + "\n").getBytes(StandardCharsets.UTF_8))));
    }
}
