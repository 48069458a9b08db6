package io.argosy.deploy.node;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.kubeconfig.Clients;
import io.argosy.client.kubeconfig.Kubeconfig;
import io.argosy.client.request.ApiClient;
import io.argosy.client.request.RequestException;
import io.argosy.client.transport.EventLoops;
import io.argosy.client.transport.HttpAnswer;
import io.argosy.client.transport.HttpCall;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.config.ConfigurationException;
import io.argosy.daemon.metrics.Metrics;
import io.argosy.deploy.addon.Applier;
import io.fabric8.kubernetes.api.model.Node;
import java.nio.file.Path;
import java.util.Optional;

/** The cluster's API as {@code up} needs it. */
public final class ClusterApi implements AutoCloseable {

    private final EventLoops loops;
    private final ApiClient client;

    private ClusterApi(EventLoops loops, ApiClient client) {
        this.loops = loops;
        this.client = client;
    }

    public static ClusterApi connect(Path kubeconfig) throws ConfigurationException {
        EventLoops loops = new EventLoops();
        Clock clock = Clock.system();
        return new ClusterApi(
                loops, new Clients(loops, clock, new Metrics()).connect(Kubeconfig.load(kubeconfig, clock), "argosy"));
    }

    /** Why the API server is not ready; empty when it is. */
    public Optional<String> notReady() {
        try {
            HttpAnswer answer = client.call(HttpCall.get("/readyz"));
            return answer.isSuccess() ? Optional.empty() : Optional.of(answer.text());
        } catch (RequestException | ApiException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Why a node is not ready; empty when it is. */
    public Optional<String> nodeNotReady(String name) {
        try {
            Optional<Node> node = client.resource(Node.class).find(new ObjectKey("", name));
            if (node.isEmpty()) {
                return Optional.of("the kubelet has not registered the node " + name);
            }
            return node.get().getStatus().getConditions().stream()
                    .filter(condition -> condition.getType().equals("Ready"))
                    .findFirst()
                    .map(condition -> condition.getStatus().equals("True")
                            ? Optional.<String>empty()
                            : Optional.of(String.valueOf(condition.getMessage())))
                    .orElse(Optional.of("the node has no Ready condition"));
        } catch (RequestException | ApiException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    public String runtimeVersion(String node) {
        return client.resource(Node.class)
                .get(new ObjectKey("", node))
                .getStatus()
                .getNodeInfo()
                .getContainerRuntimeVersion()
                .replace("://", " ");
    }

    /** Applies every document of a YAML text. */
    public void apply(String yaml) {
        new Applier(client).apply(yaml);
    }

    @Override
    public void close() {
        client.close();
        loops.close();
    }
}
