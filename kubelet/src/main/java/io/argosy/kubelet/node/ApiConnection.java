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
import java.util.Optional;

/** The kubelet's way to the API server. */
public record ApiConnection(ApiClient client) {

    /** Empty for a kubelet without kubeconfig, which runs static pods only. */
    public static Optional<ApiConnection> open(KubeletConfig config, DaemonContext context, Stack parts)
            throws ConfigurationException {
        if (config.paths().kubeconfig().isEmpty()) {
            return Optional.empty();
        }
        EventLoops loops = parts.push("event-loops", new EventLoops());
        Clients clients = new Clients(loops, context.clock(), context.metrics());
        ApiClient client = clients.connect(
                Kubeconfig.load(config.paths().kubeconfig().get(), context.clock())
                        .withLimit(config.reporting().qps(), config.reporting().burst()),
                "kubelet/" + DaemonMain.VERSION + " (linux/" + NodeStatuses.architecture() + ") kubernetes");
        return Optional.of(new ApiConnection(parts.push("api-client", client)));
    }
}
