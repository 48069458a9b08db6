package io.argosy.client.kubeconfig;

import io.argosy.client.request.RateLimit;
import io.argosy.client.request.RequestMetrics;
import io.argosy.client.request.RestClient;
import io.argosy.client.request.RetryPolicy;
import io.argosy.client.transport.AuthorizedTransport;
import io.argosy.client.transport.ClientTls;
import io.argosy.client.transport.Endpoint;
import io.argosy.client.transport.EventLoops;
import io.argosy.client.transport.NettyTransport;
import io.argosy.client.transport.Transport;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.config.ConfigurationException;
import io.argosy.daemon.metrics.Metrics;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;

/** Makes clients: the one place where configuration becomes connections. */
public final class Clients {

    private final EventLoops loops;
    private final Clock clock;
    private final Metrics metrics;

    /** @param loops shared by the clients of the process; stays the caller's to close */
    public Clients(EventLoops loops, Clock clock, Metrics metrics) {
        this.loops = loops;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** A client of its own connection. Nothing is sent before the first call. */
    public RestClient connect(ClientConfig config, String userAgent) throws ConfigurationException {
        Endpoint endpoint = Endpoint.of(config.server(), config.serverName());
        Transport transport = new AuthorizedTransport(
                new NettyTransport(endpoint, tls(endpoint, config), config.proxy(), loops),
                config.credentials(),
                userAgent,
                true);
        Optional<RateLimit> limit = RateLimit.of(config.qps(), config.burst(), clock);
        return new RestClient(
                transport, clock, RetryPolicy.STANDARD, limit, RequestMetrics.of(metrics, endpoint.authority()));
    }

    private Optional<ClientTls> tls(Endpoint endpoint, ClientConfig config) throws ConfigurationException {
        if (!endpoint.tls()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ClientTls(config.tls(), clock));
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigurationException("invalid configuration: " + e.getMessage());
        }
    }
}
