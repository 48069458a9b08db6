package io.argosy.apiserver.callout;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * Posts JSON to webhooks over HTTP/1.1. Connections that were left open are used again: at most {@value #MOST_IDLE} of
 * one target for 30 s. Redirects are errors. Thread-safe; blocks up to the timeout of a call.
 */
public final class WebhookCaller implements AutoCloseable {

    private static final int MOST_IDLE = 25;
    private static final int MOST_TRIED = 3;
    private static final int MOST_SHOWN = 200;
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ServiceAddresses services;
    private final InstantSource clock;
    private final Trust trust = new Trust();
    private final Map<CallTarget, Deque<Idle>> idle = new HashMap<>();

    private record Idle(WebhookConnection connection, Instant since) {}

    public WebhookCaller(ServiceAddresses services, InstantSource clock) {
        this.services = services;
        this.clock = clock;
    }

    /** The body of the answer, when it is a success. */
    public byte[] post(CallTarget target, byte[] body, Duration timeout) throws CalloutException {
        Endpoint endpoint = Endpoint.of(target);
        Until deadline = new Until(clock.instant().plus(timeout), (timeout.toMillis() + 999) / 1000);
        try {
            WebhookConnection.Answer answer = exchange(target, endpoint, body, deadline);
            return successful(answer);
        } catch (IOException e) {
            throw new CalloutException(
                    "Post \"" + endpoint.url(deadline.toldSeconds()) + "\": " + Failures.words(e, endpoint));
        }
    }

    private WebhookConnection.Answer exchange(CallTarget target, Endpoint endpoint, byte[] body, Until deadline)
            throws IOException, CalloutException {
        Optional<WebhookConnection> kept = take(target);
        if (kept.isPresent()) {
            try {
                return exchange(target, kept.get(), endpoint, body, deadline);
            } catch (SocketTimeoutException e) {
                throw e;
            } catch (IOException e) {
                if (kept.get().answered()) {
                    throw e;
                }
                // The other side had closed it while it was idle.
            }
        }
        return exchange(target, connect(target, endpoint, deadline), endpoint, body, deadline);
    }

    private WebhookConnection.Answer exchange(
            CallTarget target, WebhookConnection connection, Endpoint endpoint, byte[] body, Until deadline)
            throws IOException {
        boolean keep = false;
        try {
            WebhookConnection.Answer answer = connection.post(endpoint, body, deadline);
            keep = answer.open();
            return answer;
        } finally {
            if (keep) {
                put(target, connection);
            } else {
                connection.close();
            }
        }
    }

    private WebhookConnection connect(CallTarget target, Endpoint endpoint, Until deadline)
            throws IOException, CalloutException {
        Optional<SSLContext> tls = endpoint.tls() ? Optional.of(trust.context(target.caBundle())) : Optional.empty();
        List<InetSocketAddress> addresses = target.service().isPresent()
                ? behind(target.service().get())
                : List.of(new InetSocketAddress(InetAddress.getByName(endpoint.host()), endpoint.port()));
        IOException last = new IOException("no address");
        for (InetSocketAddress address : addresses.subList(0, Math.min(MOST_TRIED, addresses.size()))) {
            try {
                return WebhookConnection.open(address, endpoint, tls, deadline);
            } catch (ConnectException | NoRouteToHostException e) {
                last = new IOException("dial tcp " + Failures.text(address) + ": connect: " + Failures.lower(e), e);
            }
        }
        throw last;
    }

    private List<InetSocketAddress> behind(CallTarget.ServiceTarget service) throws IOException {
        try {
            return services.of(service);
        } catch (CalloutException e) {
            throw new IOException(e.message(), e);
        }
    }

    private Optional<WebhookConnection> take(CallTarget target) {
        Instant oldest = clock.instant().minus(IDLE);
        synchronized (idle) {
            Deque<Idle> kept = idle.get(target);
            while (kept != null && !kept.isEmpty()) {
                Idle one = kept.pop();
                if (one.since().isAfter(oldest)) {
                    return Optional.of(one.connection());
                }
                one.connection().close();
            }
            idle.remove(target);
            return Optional.empty();
        }
    }

    private void put(CallTarget target, WebhookConnection connection) {
        Instant now = clock.instant();
        synchronized (idle) {
            idle.values().forEach(kept -> {
                while (!kept.isEmpty() && !kept.peekLast().since().isAfter(now.minus(IDLE))) {
                    kept.pollLast().connection().close();
                }
            });
            idle.values().removeIf(Deque::isEmpty);
            Deque<Idle> kept = idle.computeIfAbsent(target, _ -> new ArrayDeque<>());
            if (kept.size() < MOST_IDLE) {
                kept.push(new Idle(connection, now));
                return;
            }
        }
        connection.close();
    }

    private static byte[] successful(WebhookConnection.Answer answer) throws CalloutException {
        int code = answer.code();
        if (code >= 200 && code < 300) {
            return answer.body();
        }
        String text = new String(answer.body(), StandardCharsets.UTF_8).strip();
        String shown = text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) : text;
        throw new CalloutException(
                switch (code) {
                    case 400 -> "the server rejected our request for an unknown reason";
                    case 401 -> "the server has asked for the client to provide credentials";
                    case 403 -> shown.isEmpty() ? "forbidden" : shown;
                    case 404 -> "the server could not find the requested resource";
                    case 405 -> "the server does not allow this method on the requested resource";
                    case 429 -> "the server has received too many requests and has asked us to try again later";
                    case 503 -> "the server is currently unable to handle the request";
                    case 504 ->
                        "the server was unable to return a response in the time allotted, but may still be"
                                + " processing the request";
                    default ->
                        code >= 500
                                ? "an error on the server (\"" + shown.replace("\"", "\\\"")
                                        + "\") has prevented the request from succeeding"
                                : "the server responded with the status code " + code
                                        + " but did not return more information";
                });
    }

    @Override
    public void close() {
        synchronized (idle) {
            idle.values().forEach(kept -> kept.forEach(one -> one.connection().close()));
            idle.clear();
        }
    }

    private final class Until implements WebhookConnection.Deadline {
        private final Instant end;
        private final long told;

        Until(Instant end, long told) {
            this.end = end;
            this.told = told;
        }

        @Override
        public int millis() throws SocketTimeoutException {
            long left = Duration.between(clock.instant(), end).toMillis();
            if (left <= 0) {
                throw new SocketTimeoutException("timed out");
            }
            return (int) Math.min(left, Integer.MAX_VALUE);
        }

        @Override
        public long toldSeconds() {
            return told;
        }
    }

    /** The words for failures of connections. */
    private static final class Failures {

        private Failures() {}

        static String words(IOException e, Endpoint endpoint) {
            return switch (e) {
                case SocketTimeoutException _ -> "context deadline exceeded";
                case UnknownHostException _ -> "dial tcp: lookup " + endpoint.host() + ": no such host";
                case SSLException _ -> tls(e);
                default -> message(e);
            };
        }

        private static String tls(IOException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                String text = String.valueOf(cause.getMessage());
                if (text.contains("unable to find valid certification path") || text.contains("PKIX path")) {
                    return "tls: failed to verify certificate: x509: certificate signed by unknown authority";
                }
                if (text.contains("No subject alternative") || text.contains("No name matching")) {
                    return "tls: failed to verify certificate: x509: " + text;
                }
                if (text.contains("plaintext connection")) {
                    return "http: server gave HTTP response to HTTPS client";
                }
            }
            return "tls: " + message(e);
        }

        private static String message(IOException e) {
            return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        }

        static String text(InetSocketAddress address) {
            String host = address.getAddress() == null
                    ? address.getHostString()
                    : address.getAddress().getHostAddress();
            return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
        }

        static String lower(IOException e) {
            return message(e).toLowerCase(java.util.Locale.ROOT);
        }
    }
}
