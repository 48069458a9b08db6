package io.argosy.daemon.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server side of TLS from files. Files are looked at again every few seconds, when a connection comes; a new pair is
 * used for new connections, and a broken one is reported and left aside. Thread-safe.
 *
 * <p>Client certificates are asked for where {@link Options#clientAuthorities} is given, but not verified here: whoever
 * authenticates the request verifies them, so that an expired certificate is a 401 and not a broken handshake.
 */
public final class ServerTls {

    private static final Logger log = LoggerFactory.getLogger(ServerTls.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final Options options;
    private final InstantSource clock;
    private volatile State state;

    /**
     * @param certificates the first is shown to clients that name no host, or an unknown one
     * @param requestClientCertificates whether clients are asked for a certificate
     * @param clientAuthorities whose certificates clients are told to choose from
     * @param cipherSuites IANA names of TLS 1.2 suites; empty for the platform's own choice
     * @param oldestProtocol {@code TLSv1.2} or {@code TLSv1.3}
     * @param http2 whether h2 is offered
     */
    public record Options(
            List<CertificateFiles> certificates,
            boolean requestClientCertificates,
            Supplier<Collection<X509Certificate>> clientAuthorities,
            List<String> cipherSuites,
            String oldestProtocol,
            boolean http2) {

        public Options {
            certificates = List.copyOf(certificates);
            cipherSuites = List.copyOf(cipherSuites);
        }

        public static Options of(CertificateFiles certificate) {
            return new Options(List.of(certificate), false, List::of, List.of(), "TLSv1.2", true);
        }

        public Options askingForClientCertificates(Supplier<Collection<X509Certificate>> authorities) {
            return new Options(certificates, true, authorities, cipherSuites, oldestProtocol, http2);
        }
    }

    private record State(Instant looked, Map<Path, FileTime> times, SslContext first, Map<String, SslContext> byName) {
        State lookedAt(Instant now) {
            return new State(now, times, first, byName);
        }
    }

    /** Reads the files. */
    public ServerTls(Options options, InstantSource clock) throws IOException, GeneralSecurityException {
        this.options = options;
        this.clock = clock;
        this.state = load(clock.instant());
    }

    /** The context to use for a connection; {@code host} is what the client named, or empty. */
    public SslContext context(String host) {
        State current = refreshed();
        if (current.byName.isEmpty() || host.isEmpty()) {
            return current.first;
        }
        String name = host.toLowerCase(Locale.ROOT);
        SslContext exact = current.byName.get(name);
        if (exact != null) {
            return exact;
        }
        int dot = name.indexOf('.');
        return dot < 0 ? current.first : current.byName.getOrDefault("*" + name.substring(dot), current.first);
    }

    private State refreshed() {
        State current = state;
        Instant now = clock.instant();
        if (now.isBefore(current.looked.plus(LOOK_AGAIN))) {
            return current;
        }
        synchronized (this) {
            if (!state.looked.equals(current.looked)) {
                return state;
            }
            try {
                if (times().equals(current.times)) {
                    state = current.lookedAt(now);
                } else {
                    state = load(now);
                    log.info("serving certificates read again files={}", state.times.keySet());
                }
            } catch (IOException | GeneralSecurityException e) {
                log.error("new serving certificates cannot be used, the old ones stay", e);
                state = current.lookedAt(now);
            }
            return state;
        }
    }

    private Map<Path, FileTime> times() throws IOException {
        Map<Path, FileTime> times = new LinkedHashMap<>();
        for (CertificateFiles files : options.certificates) {
            times.put(files.certificate(), Files.getLastModifiedTime(files.certificate()));
            times.put(files.key(), Files.getLastModifiedTime(files.key()));
        }
        return times;
    }

    private State load(Instant now) throws IOException, GeneralSecurityException {
        Map<Path, FileTime> times = times();
        List<SslContext> contexts = new ArrayList<>();
        Map<String, SslContext> byName = new LinkedHashMap<>();
        for (CertificateFiles files : options.certificates) {
            List<X509Certificate> chain = Pem.certificates(Files.readAllBytes(files.certificate()));
            if (chain.isEmpty()) {
                throw new GeneralSecurityException("no certificate in " + files.certificate());
            }
            SslContext context = build(chain, files);
            contexts.add(context);
            if (options.certificates.size() > 1) {
                for (String name : files.names().isEmpty() ? names(chain.getFirst()) : files.names()) {
                    byName.putIfAbsent(name.toLowerCase(Locale.ROOT), context);
                }
            }
        }
        return new State(now, times, contexts.getFirst(), byName);
    }

    private SslContext build(List<X509Certificate> chain, CertificateFiles files)
            throws IOException, GeneralSecurityException {
        SslContextBuilder builder = SslContextBuilder.forServer(
                        Pem.privateKey(Files.readAllBytes(files.key())), chain.toArray(X509Certificate[]::new))
                .sslProvider(SslProvider.JDK)
                .protocols(
                        options.oldestProtocol.equals("TLSv1.3") ? List.of("TLSv1.3") : List.of("TLSv1.3", "TLSv1.2"));
        if (!options.cipherSuites.isEmpty()) {
            List<String> suites = new ArrayList<>(List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"));
            suites.addAll(options.cipherSuites);
            builder.ciphers(suites);
        }
        if (options.http2) {
            builder.applicationProtocolConfig(new ApplicationProtocolConfig(
                    ApplicationProtocolConfig.Protocol.ALPN,
                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                    ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                    ApplicationProtocolNames.HTTP_2,
                    ApplicationProtocolNames.HTTP_1_1));
        }
        if (options.requestClientCertificates) {
            builder.clientAuth(ClientAuth.OPTIONAL).trustManager(new UnverifiedPeers(options.clientAuthorities));
        }
        return builder.build();
    }

    private static List<String> names(X509Certificate certificate) throws CertificateParsingException {
        List<String> names = new ArrayList<>();
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
            for (List<?> alternative : alternatives) {
                if (alternative.get(1) instanceof String name) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
