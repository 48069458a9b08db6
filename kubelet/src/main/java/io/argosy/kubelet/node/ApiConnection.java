package io.argosy.kubelet.node;

import io.argosy.client.kubeconfig.Clients;
import io.argosy.client.kubeconfig.Kubeconfig;
import io.argosy.client.request.ApiClient;
import io.argosy.client.transport.EventLoops;
import io.argosy.daemon.config.ConfigurationException;
import io.argosy.daemon.lifecycle.DaemonContext;
import io.argosy.daemon.lifecycle.DaemonMain;
import io.argosy.daemon.lifecycle.Stack;
import io.argosy.kubelet.config.KubeletConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The kubelet's way to the API server. */
public record ApiConnection(ApiClient client) {

    /** Empty for a kubelet without kubeconfig, which runs static pods only. */
    public static Optional<ApiConnection> open(KubeletConfig config, DaemonContext context, Stack parts)
            throws ConfigurationException, InterruptedException {
        if (config.paths().kubeconfig().isEmpty()) {
            return Optional.empty();
        }
        EventLoops loops = parts.push("event-loops", new EventLoops());
        Clients clients = new Clients(loops, context.clock(), context.metrics());
        String agent = "kubelet/" + DaemonMain.VERSION + " (linux/" + NodeStatuses.architecture() + ") kubernetes";
        Path kubeconfig = config.paths().kubeconfig().get();
        if (!Files.exists(kubeconfig) && config.paths().bootstrapKubeconfig().isPresent()) {
            bootstrap(config, context, clients, agent, kubeconfig);
        }
        ApiClient client = clients.connect(
                Kubeconfig.load(kubeconfig, context.clock())
                        .withLimit(config.reporting().qps(), config.reporting().burst()),
                agent);
        return Optional.of(new ApiConnection(parts.push("api-client", client)));
    }

    private static void bootstrap(
            KubeletConfig config, DaemonContext context, Clients clients, String agent, Path kubeconfig)
            throws ConfigurationException, InterruptedException {
        Path bootstrap = config.paths().bootstrapKubeconfig().get();
        Path certificate;
        try (ApiClient client = clients.connect(Kubeconfig.load(bootstrap, context.clock()), agent)) {
            certificate = new TlsBootstrap(
                            client, context.clock(), config.identity().nodeName())
                    .obtain(config.paths().certificates());
        }
        try {
            Files.createDirectories(kubeconfig.toAbsolutePath().getParent());
            Files.writeString(
                    kubeconfig, BootstrapKubeconfig.withCertificate(Files.readString(bootstrap), certificate));
            Files.setPosixFilePermissions(
                    kubeconfig, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new ConfigurationException("cannot write kubeconfig " + kubeconfig + ": " + e.getMessage());
        }
    }
}
