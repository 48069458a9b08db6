package io.argosy.kubeproxy.health;

import io.argosy.daemon.http.HttpExchange;
import io.argosy.daemon.http.HttpHeaders;
import io.argosy.daemon.http.HttpServer;
import io.argosy.daemon.http.HttpServerConfig;
import io.argosy.daemon.http.PreparedResponse;
import io.argosy.kubeproxy.model.EndpointChoice;
import io.argosy.kubeproxy.model.ProxyImage;
import io.argosy.kubeproxy.model.ServicePort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers load balancers on each Service's {@code healthCheckNodePort}: 200 where this node has an endpoint of it, 503
 * where not. Updated by one thread.
 */
public final class ServiceHealth implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceHealth.class);

    private record State(String namespace, String name, Set<String> endpoints) {}

    private final Map<Integer, HttpServer> servers = new HashMap<>();
    private final ConcurrentHashMap<Integer, State> states = new ConcurrentHashMap<>();

    /** Opens and closes ports, and remembers what each answers. */
    public void update(Collection<ProxyImage> images, EndpointChoice.Place place) {
        Map<Integer, State> wanted = new HashMap<>();
        for (ProxyImage image : images) {
            image.entries().values().forEach(entry -> {
                ServicePort service = entry.service();
                if (service.healthCheckNodePort() > 0) {
                    State state = wanted.computeIfAbsent(
                            service.healthCheckNodePort(),
                            _ -> new State(
                                    service.name().namespace(), service.name().name(), new HashSet<>()));
                    EndpointChoice.of(entry.endpoints(), place)
                            .local()
                            .forEach(endpoint -> state.endpoints().add(endpoint.address()));
                }
            });
        }
        states.keySet().retainAll(wanted.keySet());
        states.putAll(wanted);
        servers.keySet().stream()
                .filter(port -> !wanted.containsKey(port))
                .toList()
                .forEach(this::closePort);
        wanted.keySet().stream().filter(port -> !servers.containsKey(port)).forEach(this::openPort);
    }

    private void openPort(int port) {
        try {
            servers.put(
                    port,
                    HttpServer.start(
                            HttpServerConfig.cleartext(new InetSocketAddress(port)),
                            exchange -> answer(port, exchange)));
        } catch (IOException | RuntimeException e) {
            LOG.error("cannot listen on a health check node port port={}", port, e);
        }
    }

    private void closePort(int port) {
        HttpServer server = servers.remove(port);
        if (server != null) {
            server.close();
        }
    }

    private void answer(int port, HttpExchange exchange) throws IOException {
        State state = states.get(port);
        int count = state == null ? 0 : state.endpoints().size();
        String body = state == null
                ? "{}"
                : "{\n\t\"service\": {\n\t\t\"namespace\": \"%s\",\n\t\t\"name\": \"%s\"\n\t},\n\t\"localEndpoints\": %d,\n\t\"serviceProxyHealthy\": true\n}"
                        .formatted(state.namespace(), state.name(), count);
        exchange.send(new PreparedResponse(
                count > 0 ? 200 : 503,
                HttpHeaders.of(
                        "Content-Type", "application/json",
                        "X-Content-Type-Options", "nosniff",
                        "X-Load-Balancing-Endpoint-Weight", Integer.toString(count)),
                List.of(body.getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    public void close() {
        List.copyOf(servers.keySet()).forEach(this::closePort);
    }
}
