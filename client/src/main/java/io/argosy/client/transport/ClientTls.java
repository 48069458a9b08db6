package io.argosy.client.transport;

import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.tls.Pem;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client side of TLS: whom to trust and what certificate to show, both from {@link PemSource}s that are looked at
 * again every few seconds. A broken new pair is reported and left aside. Thread-safe.
 */
public final class ClientTls {

    private static final Logger LOG = LoggerFactory.getLogger(ClientTls.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final Options options;
    private final Clock clock;
    private byte[][] seen;
    private long lookedAt;
    private SslContext context;

    /**
     * @param authorities PEM certificates that the server's chain must end in; empty for the platform's
     * @param certificate PEM chain to show
     * @param key PEM key of that certificate
     * @param insecure verifies nothing
     * @param http2 whether h2 is offered
     */
    public record Options(
            Optional<PemSource> authorities,
            Optional<PemSource> certificate,
            Optional<PemSource> key,
            boolean insecure,
            boolean http2) {}

    public ClientTls(Options options, Clock clock) throws IOException, GeneralSecurityException {
        this.options = options;
        this.clock = clock;
        this.seen = read();
        this.context = build(seen);
        this.lookedAt = clock.nanoTime();
    }

    /** The context for new connections: the same object until something changed. */
    synchronized SslContext context() {
        if (clock.nanoTime() - lookedAt < LOOK_AGAIN.toNanos()) {
            return context;
        }
        lookedAt = clock.nanoTime();
        try {
            byte[][] now = read();
            if (!Arrays.deepEquals(now, seen)) {
                context = build(now);
                seen = now;
            }
        } catch (IOException | GeneralSecurityException e) {
            LOG.error("new client certificate cannot be used, the old one stays", e);
        }
        return context;
    }

    private byte[][] read() throws IOException {
        return new byte[][] {read(options.authorities), read(options.certificate), read(options.key)};
    }

    private static byte[] read(Optional<PemSource> source) throws IOException {
        return source.isPresent() ? source.get().read() : new byte[0];
    }

    private SslContext build(byte[][] pems) throws IOException, GeneralSecurityException {
        SslContextBuilder builder =
                SslContextBuilder.forClient().sslProvider(SslProvider.JDK).protocols("TLSv1.3", "TLSv1.2");
        if (options.insecure) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE).endpointIdentificationAlgorithm(null);
        } else if (pems[0].length > 0) {
            builder.trustManager(Pem.certificates(pems[0]).toArray(X509Certificate[]::new));
        }
        if (pems[1].length > 0) {
            List<X509Certificate> chain = Pem.certificates(pems[1]);
            builder.keyManager(Pem.privateKey(pems[2]), chain.toArray(X509Certificate[]::new));
        }
        if (options.http2) {
            builder.applicationProtocolConfig(new ApplicationProtocolConfig(
                    ApplicationProtocolConfig.Protocol.ALPN,
                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                    ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                    ApplicationProtocolNames.HTTP_2,
                    ApplicationProtocolNames.HTTP_1_1));
        }
        return builder.build();
    }
}
