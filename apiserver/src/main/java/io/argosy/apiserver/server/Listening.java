package io.argosy.apiserver.server;

import io.argosy.apiserver.registry.service.AddressRange;
import io.argosy.daemon.http.HttpLimits;
import io.argosy.daemon.http.HttpServer;
import io.argosy.daemon.http.HttpServerConfig;
import io.argosy.daemon.tls.CertificateFiles;
import io.argosy.daemon.tls.SelfSigned;
import io.argosy.daemon.tls.ServerTls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Opens the server's port: TLS with certificates that are read anew when they change, and the API's limits. */
final class Listening {

    private Listening() {}

    /** The given certificates, the first for all names that no other is for; if there is no such one, it is made. */
    static List<CertificateFiles> certificates(ServerConfig config, InstantSource clock)
            throws IOException, GeneralSecurityException {
        List<CertificateFiles> all = new ArrayList<>();
        if (config.serving().selfSigned().isPresent()) {
            List<String> names = new ArrayList<>(List.of(
                    "kubernetes.default.svc",
                    "kubernetes.default",
                    "kubernetes",
                    ServerAddresses.advertised(config),
                    ServerAddresses.first(
                            AddressRange.parse(config.network().serviceRanges().getFirst()))));
            all.add(SelfSigned.files(config.serving().selfSigned().get(), "apiserver", names, clock));
        }
        all.addAll(config.serving().certificates());
        return all;
    }

    static HttpServer start(ServerConfig config, RequestPipeline pipeline, InstantSource clock)
            throws IOException, GeneralSecurityException {
        List<Supplier<List<X509Certificate>>> authorities = new ArrayList<>();
        config.identity().clientCa().ifPresent(file -> authorities.add(Security.authorities(file, clock)));
        config.identity().proxyCa().ifPresent(file -> authorities.add(Security.authorities(file, clock)));
        Supplier<Collection<X509Certificate>> all = () ->
                authorities.stream().flatMap(source -> source.get().stream()).toList();
        ServerTls tls = new ServerTls(
                new ServerTls.Options(
                        certificates(config, clock),
                        !authorities.isEmpty(),
                        all,
                        config.serving().cipherSuites(),
                        config.serving().oldestTls(),
                        config.serving().http2()),
                clock);
        HttpLimits limits =
                HttpLimits.DEFAULT.withConcurrentStreams(config.serving().streams());
        InetSocketAddress address = new InetSocketAddress(
                config.serving().bindAddress(), config.serving().port());
        return HttpServer.start(new HttpServerConfig(address, Optional.of(tls), limits), pipeline, clock);
    }
}
