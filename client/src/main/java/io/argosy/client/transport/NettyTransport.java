package io.argosy.client.transport;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transport over the network. Keeps one HTTP/2 connection, opened when first needed and again when it breaks; a
 * further one only while all streams of the first are taken. New client certificates close the old connections.
 */
public final class NettyTransport implements Transport {

    private static final Logger LOG = LoggerFactory.getLogger(NettyTransport.class);

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(70);

    /** Lists of a big cluster are read as streams; nothing else is near this. */
    private static final int MAX_ANSWER = 64 * 1024 * 1024;

    private static final int MAX_CONNECTIONS = 64;

    private final Endpoint endpoint;
    private final Optional<ClientTls> tls;
    private final Connector connector;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Connection> connections = new ArrayList<>();
    private Optional<SslContext> tlsInUse = Optional.empty();
    private boolean closed;

    /** @param tls empty for a cleartext server */
    public NettyTransport(Endpoint endpoint, Optional<ClientTls> tls, EventLoops loops) {
        this(endpoint, tls, Optional.empty(), loops);
    }

    /** @param proxy through which the server is reached: {@code http://} or {@code socks5://} */
    public NettyTransport(Endpoint endpoint, Optional<ClientTls> tls, Optional<URI> proxy, EventLoops loops) {
        this.endpoint = endpoint;
        this.tls = tls;
        this.connector = new Connector(endpoint, proxy, loops);
    }

    @Override
    public HttpAnswer call(HttpCall call) throws IOException, InterruptedException {
        long timeout = call.timeout().orElse(DEFAULT_TIMEOUT).toNanos();
        Exchange exchange = connection().begin(prefixed(call));
        try {
            exchange.awaitHead(timeout);
            byte[] body = exchange.awaitBody(timeout, MAX_ANSWER);
            return new HttpAnswer(exchange.status(), exchange.headers(), body);
        } catch (IOException | InterruptedException | RuntimeException e) {
            exchange.close();
            throw e;
        }
    }

    @Override
    public HttpStream open(HttpCall call) throws IOException, InterruptedException {
        Exchange exchange = connection().begin(prefixed(call));
        try {
            exchange.awaitHead(call.timeout().orElse(DEFAULT_TIMEOUT).toNanos());
            return exchange;
        } catch (IOException | InterruptedException | RuntimeException e) {
            exchange.close();
            throw e;
        }
    }

    private HttpCall prefixed(HttpCall call) {
        return endpoint.pathPrefix().isEmpty() ? call : call.withPath(endpoint.pathPrefix() + call.path());
    }

    private Connection connection() throws IOException, InterruptedException {
        // Held while connecting, so that callers share one new connection instead of opening one each.
        lock.lockInterruptibly();
        try {
            if (closed) {
                throw new NotSentException("the client is closed", null);
            }
            Optional<SslContext> context =
                    tls.isPresent() ? Optional.of(tls.get().context()) : Optional.empty();
            if (!context.equals(tlsInUse)) {
                if (tlsInUse.isPresent()) {
                    LOG.info("client certificate changed, reconnecting server={}", endpoint.authority());
                }
                connections.forEach(Connection::close);
                connections.clear();
                tlsInUse = context;
            }
            for (Connection connection : connections) {
                if (connection.usable()) {
                    return connection;
                }
            }
            connections.removeIf(connection -> !connection.isOpen());
            if (connections.size() >= MAX_CONNECTIONS) {
                throw new NotSentException("too many connections to " + endpoint.authority(), null);
            }
            Connection made = connector.connect(context);
            connections.add(made);
            return made;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            connections.forEach(Connection::close);
            connections.clear();
        } finally {
            lock.unlock();
        }
    }
}
