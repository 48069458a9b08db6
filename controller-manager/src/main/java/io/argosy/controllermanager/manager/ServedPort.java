package io.argosy.controllermanager.manager;

import io.argosy.client.delegated.DelegatedAccess;
import io.argosy.client.request.ApiClient;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.config.ConfigurationException;
import io.argosy.daemon.http.HttpHandler;
import io.argosy.daemon.http.HttpLimits;
import io.argosy.daemon.http.HttpServer;
import io.argosy.daemon.http.HttpServerConfig;
import io.argosy.daemon.lifecycle.Stack;
import io.argosy.daemon.tls.CertificateFiles;
import io.argosy.daemon.tls.SelfSigned;
import io.argosy.daemon.tls.ServerTls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;

/** The port for health, metrics and configuration: HTTPS, and behind authentication but for health. */
final class ServedPort {

    private ServedPort() {}

    static Optional<AutoCloseable> open(
            ManagerConfig.Serving config, HttpHandler handler, ApiClient client, Clock clock, Stack parts)
            throws IOException, ConfigurationException {
        if (config.port() == 0) {
            return Optional.empty();
        }
        try {
            CertificateFiles files = config.certFile().isEmpty()
                    ? SelfSigned.files(config.certDir(), "kube-controller-manager", clock)
                    : CertificateFiles.of(Path.of(config.certFile()), Path.of(config.keyFile()));
            DelegatedAccess access =
                    new DelegatedAccess(handler, client, clock, config.clientCaFile(), config.alwaysAllowed());
            ServerTls.Options options = new ServerTls.Options(
                            List.of(files),
                            false,
                            List::of,
                            config.cipherSuites(),
                            config.oldestProtocol(),
                            config.http2())
                    .askingForClientCertificates(access::authorities);
            HttpLimits limits = config.streams() == 0
                    ? HttpLimits.DEFAULT
                    : HttpLimits.DEFAULT.withConcurrentStreams(config.streams());
            InetSocketAddress address = new InetSocketAddress(config.address(), config.port());
            return Optional.of(HttpServer.start(
                    new HttpServerConfig(address, Optional.of(new ServerTls(options, clock)), limits), access, clock));
        } catch (GeneralSecurityException e) {
            throw new ConfigurationException("serving certificate: " + e.getMessage());
        }
    }
}
