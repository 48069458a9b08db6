package io.argosy.apiserver.stream;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apiserver.request.ApiRequest;
import io.argosy.apiserver.request.Target;
import io.argosy.daemon.http.HttpExchange;
import io.argosy.daemon.http.HttpHeaders;
import io.argosy.daemon.http.HttpRequest;
import io.argosy.daemon.http.PreparedResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Answers requests for the subresources that other servers serve. */
public final class StreamHandler {

    private static final Set<String> OF_PODS = Set.of("log", "exec", "attach", "portforward", "proxy");

    private final PodStreams pods;
    private final ProxyTargets proxies;

    public StreamHandler(PodStreams pods, ProxyTargets proxies) {
        this.pods = pods;
        this.proxies = proxies;
    }

    /** Whether a request is for one of these subresources. */
    public static boolean serves(Target target) {
        if (!target.resourceRequest() || !target.group().isEmpty()) {
            return false;
        }
        return switch (target.resource()) {
            case "pods" -> OF_PODS.contains(target.subresource());
            case "services", "nodes" -> target.subresource().equals("proxy");
            default -> false;
        };
    }

    /** Relays; returns when the connection has ended. */
    public void handle(ApiRequest request, HttpExchange exchange) throws IOException, InterruptedException {
        Target target = request.target();
        String namespace = target.namespace();
        String name = target.name();
        switch (target.subresource()) {
            case "log" -> relayToKubelet(exchange, pods.log(namespace, name, request.query()));
            case "exec" -> relayUpgrade(exchange, pods.exec(namespace, name, request.query()));
            case "attach" -> relayUpgrade(exchange, pods.attach(namespace, name, request.query()));
            case "portforward" -> relayUpgrade(exchange, pods.portForward(namespace, name, request.query()));
            default -> proxy(request, exchange);
        }
    }

    private void proxy(ApiRequest request, HttpExchange exchange) throws IOException, InterruptedException {
        HttpRequest http = exchange.request();
        String path = pathBehindProxy(http.path(), !request.target().namespace().isEmpty());
        boolean read = http.method().equals("GET") || http.method().equals("HEAD");
        if (path.isEmpty() && read && !http.headers().has("Upgrade")) {
            String query = http.query().isEmpty() ? "" : "?" + http.query();
            exchange.send(new PreparedResponse(
                    301, HttpHeaders.of("Location", http.path() + "/" + query), List.of(new byte[0])));
            return;
        }
        Target target = request.target();
        Backend backend = switch (target.resource()) {
            case "pods" -> proxies.pod(target.namespace(), target.name(), path, http.query());
            case "services" -> proxies.service(target.namespace(), target.name(), path, http.query());
            default -> proxies.node(target.name(), path, http.query());
        };
        Relay.relay(
                exchange,
                backend,
                failure -> ApiException.serviceUnavailable("error trying to reach service: " + failure.getMessage()),
                new ProxyPrefix(
                        http.path().substring(0, http.path().length() - path.length()),
                        backend.authority(),
                        http.headers().get("Host")));
    }

    /** What follows {@code /proxy} in the path, still percent-encoded: names may themselves be called proxy. */
    static String pathBehindProxy(String path, boolean namespaced) {
        int segments = namespaced ? 7 : 5;
        int at = 0;
        for (int i = 0; i < segments && at >= 0; i++) {
            at = path.indexOf('/', at + 1);
        }
        return at < 0 ? "" : path.substring(at);
    }

    private static void relayToKubelet(HttpExchange exchange, Backend backend)
            throws IOException, InterruptedException {
        Relay.relayOutput(
                exchange,
                backend,
                failure -> ApiException.internal(
                        "Get \"https://" + backend.authority() + backend.target() + "\": " + failure.getMessage()));
    }

    private static void relayUpgrade(HttpExchange exchange, Backend backend) throws IOException, InterruptedException {
        if (!exchange.request().headers().has("Upgrade")) {
            throw ApiException.badRequest("Upgrade request required");
        }
        Relay.relay(
                exchange, backend, failure -> ApiException.internal("error dialing backend: " + failure.getMessage()));
    }
}
