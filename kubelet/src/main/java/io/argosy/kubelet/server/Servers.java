package io.argosy.kubelet.server;

import io.argosy.client.request.ApiClient;
import io.argosy.daemon.health.DiagnosticsHandler;
import io.argosy.daemon.health.HealthCheck;
import io.argosy.daemon.health.HealthEndpoint;
import io.argosy.daemon.http.HttpServer;
import io.argosy.daemon.http.HttpServerConfig;
import io.argosy.daemon.lifecycle.DaemonContext;
import io.argosy.daemon.lifecycle.Stack;
import io.argosy.daemon.tls.ServerTls;
import io.argosy.kubelet.cgroup.CgroupFiles;
import io.argosy.kubelet.config.KubeletConfig;
import io.argosy.kubelet.cri.ContainerRuntime;
import io.argosy.kubelet.lifecycle.RuntimeObserver;
import io.argosy.kubelet.pod.PodWorkers;
import io.argosy.kubelet.probe.Probes;
import io.argosy.kubelet.status.StatusSink;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;

/** Starts the kubelet's two servers: health on a local port, everything else behind TLS. */
public final class Servers {

    /** What they answer with. */
    public record Parts(
            KubeletConfig config,
            DaemonContext context,
            Optional<ApiClient> api,
            ContainerRuntime runtime,
            RuntimeObserver observer,
            PodWorkers pods,
            StatusSink statuses,
            Probes probes,
            CgroupFiles cgroups,
            List<String> addresses,
            HealthCheck syncLoop) {}

    private Servers() {}

    public static void start(Parts parts, Stack stack) throws IOException, GeneralSecurityException {
        HealthEndpoint health = new HealthEndpoint("healthz", parts.syncLoop());
        DiagnosticsHandler diagnostics = new DiagnosticsHandler(
                List.of(health),
                parts.context().metrics(),
                parts.context().configz(),
                parts.context().pages());
        KubeletConfig.Serving serving = parts.config().serving();
        if (serving.healthPort() > 0) {
            // Only health: the rest of what diagnostics know is not for everyone on the host.
            stack.push(
                    "health-server",
                    HttpServer.start(
                            HttpServerConfig.cleartext(
                                    new InetSocketAddress(serving.healthAddress(), serving.healthPort())),
                            new HealthOnly(new DiagnosticsHandler(
                                    List.of(health),
                                    parts.context().metrics(),
                                    parts.context().configz(),
                                    parts.context().pages()))));
        }
        if (!serving.enabled()) {
            return;
        }
        Optional<CallerCertificates> certificates = Optional.empty();
        if (parts.config().authentication().clientAuthorities().isPresent()) {
            certificates = Optional.of(new CallerCertificates(
                    parts.config().authentication().clientAuthorities().get(),
                    parts.context().clock()));
        }
        Optional<CallerCertificates> callers = certificates;
        ServerTls.Options options = new ServerTls.Options(
                List.of(ServingCertificate.of(
                        parts.config(),
                        parts.addresses(),
                        parts.context().clock().instant())),
                callers.isPresent(),
                () -> callers.map(CallerCertificates::authorities).orElse(List.of()),
                serving.cipherSuites(),
                serving.oldestProtocol(),
                // Streams are upgrades of HTTP/1.1.
                false);
        KubeletServer server = new KubeletServer(new KubeletServer.Parts(
                new Gatekeeper(
                        parts.config().authentication(),
                        callers,
                        parts.api(),
                        parts.config().identity().nodeName(),
                        parts.context().clock()),
                parts.pods(),
                parts.statuses(),
                parts.runtime(),
                parts.observer(),
                new Figures(
                        parts.runtime(),
                        parts.pods(),
                        parts.cgroups(),
                        parts.config().paths().root(),
                        parts.config().identity().nodeName(),
                        parts.context().clock()),
                parts.probes()::metrics,
                diagnostics,
                new StreamRelay(serving.streamIdle()),
                serving.debugging(),
                parts.context().clock()));
        stack.push(
                "server",
                HttpServer.start(
                        HttpServerConfig.secure(
                                new InetSocketAddress(serving.address(), serving.port()),
                                new ServerTls(options, parts.context().clock())),
                        server));
    }
}
