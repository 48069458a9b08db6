package io.argosy.scheduler;

import io.argosy.client.delegated.DelegatedAccess;
import io.argosy.client.request.ApiClient;
import io.argosy.daemon.config.ConfigurationException;
import io.argosy.daemon.health.DiagnosticsHandler;
import io.argosy.daemon.health.HealthCheck;
import io.argosy.daemon.health.HealthEndpoint;
import io.argosy.daemon.http.HttpLimits;
import io.argosy.daemon.http.HttpServer;
import io.argosy.daemon.http.HttpServerConfig;
import io.argosy.daemon.lifecycle.DaemonContext;
import io.argosy.daemon.tls.CertificateFiles;
import io.argosy.daemon.tls.SelfSigned;
import io.argosy.daemon.tls.ServerTls;
import io.argosy.scheduler.config.Serving;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;

/** The port for health, metrics and configuration: HTTPS, and behind authentication but for health. */
final class ServedPort {

    private ServedPort() {}

    static HttpServer open(Serving config, HealthCheck ready, ApiClient client, DaemonContext context)
            throws IOException, ConfigurationException {
        DiagnosticsHandler handler = new DiagnosticsHandler(
                List.of(
                        new HealthEndpoint("livez"),
                        new HealthEndpoint("healthz"),
                        new HealthEndpoint("readyz", ready)),
                context.metrics(),
                context.configz(),
                context.pages());
        try {
            CertificateFiles files = config.certificate().isEmpty()
                    ? SelfSigned.files(config.certificateFolder(), "kube-scheduler", context.clock())
                    : CertificateFiles.of(Path.of(config.certificate()), Path.of(config.key()));
            DelegatedAccess access =
                    new DelegatedAccess(handler, client, context.clock(), config.clientCa(), config.openPaths());
            ServerTls.Options options = new ServerTls.Options(
                            List.of(files),
                            false,
                            List::of,
                            config.cipherSuites(),
                            config.oldestProtocol(),
                            config.http2())
                    .askingForClientCertificates(access::authorities);
            return HttpServer.start(
                    new HttpServerConfig(
                            new InetSocketAddress(config.address(), config.port()),
                            Optional.of(new ServerTls(options, context.clock())),
                            config.streams() == 0
                                    ? HttpLimits.DEFAULT
                                    : HttpLimits.DEFAULT.withConcurrentStreams(config.streams())),
                    access,
                    context.clock());
        } catch (GeneralSecurityException e) {
            throw new ConfigurationException("serving certificate: " + e.getMessage());
        }
    }
}
