package io.argosy.controllermanager.manager;

import io.argosy.client.events.ApiEventRecorder;
import io.argosy.client.informer.SharedInformerFactory;
import io.argosy.client.kubeconfig.Clients;
import io.argosy.client.request.ApiClient;
import io.argosy.client.request.RestClient;
import io.argosy.client.request.TrackingClient;
import io.argosy.client.request.WriteMarks;
import io.argosy.client.transport.Credentials;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.config.ConfigurationException;
import io.argosy.daemon.lifecycle.Stack;
import io.argosy.daemon.metrics.Metrics;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Gives each controller its client: under the process's identity, or under a ServiceAccount of its own. */
final class Identities implements AutoCloseable {

    /** ServiceAccounts whose names are not those of their controllers; the bootstrap policy binds roles to them. */
    private static final Map<String, String> ACCOUNTS = Map.ofEntries(
            Map.entry("garbage-collector-controller", "generic-garbage-collector"),
            Map.entry("pod-garbage-collector-controller", "pod-garbage-collector"),
            Map.entry("serviceaccount-controller", "service-account-controller"),
            Map.entry("root-ca-certificate-publisher-controller", "root-ca-cert-publisher"),
            Map.entry("node-lifecycle-controller", "node-controller"),
            Map.entry("node-ipam-controller", "node-controller"),
            Map.entry("taint-eviction-controller", "node-controller"),
            Map.entry("endpoints-controller", "endpoint-controller"),
            Map.entry("endpointslice-mirroring-controller", "endpointslicemirroring-controller"),
            Map.entry("certificatesigningrequest-approving-controller", "certificate-controller"),
            Map.entry("certificatesigningrequest-signing-controller", "certificate-controller"),
            Map.entry("certificatesigningrequest-cleaner-controller", "certificate-controller"),
            Map.entry("bootstrap-signer-controller", "bootstrap-signer"),
            Map.entry("token-cleaner-controller", "token-cleaner"),
            Map.entry("daemonset-controller", "daemon-set-controller"),
            Map.entry("replicationcontroller-controller", "replication-controller"),
            Map.entry("horizontal-pod-autoscaler-controller", "horizontal-pod-autoscaler"),
            Map.entry("persistentvolume-binder-controller", "persistent-volume-binder"),
            Map.entry("persistentvolumeclaim-protection-controller", "pvc-protection-controller"),
            Map.entry("persistentvolume-protection-controller", "pv-protection-controller"),
            Map.entry("persistentvolume-attach-detach-controller", "attachdetach-controller"),
            Map.entry("persistentvolume-expander-controller", "expand-controller"),
            Map.entry("legacy-serviceaccount-token-cleaner-controller", "legacy-service-account-token-cleaner"),
            Map.entry("storageversion-garbage-collector-controller", "storage-version-garbage-collector"),
            Map.entry("podcertificaterequest-cleaner-controller", "podcertificaterequestcleaner"),
            Map.entry("resourceclaim-controller", "resource-claim-controller"),
            Map.entry("service-cidr-controller", "service-cidrs-controller"));

    private final Stack parts = new Stack();
    /** Emptying a namespace asks twice for every kind of object that there is. */
    private static final String BUSIEST = "namespace-controller";

    private static final int BUSIEST_RATE = 20;
    private static final int BUSIEST_BURST = 100;

    private final ManagerConfig config;
    private final RestClient client;
    private final Optional<AccountTokens> tokens;
    private final Optional<RestClient> anonymous;
    private final Clock clock;
    private final Metrics metrics;
    private final RandomGenerator random;

    Identities(
            ManagerConfig config,
            Clients clients,
            RestClient client,
            Clock clock,
            Metrics metrics,
            RandomGenerator random)
            throws ConfigurationException {
        this.config = config;
        this.client = client;
        this.clock = clock;
        this.metrics = metrics;
        this.random = random;
        this.tokens = config.ownIdentities() ? Optional.of(new AccountTokens(client, clock)) : Optional.empty();
        this.anonymous = config.ownIdentities()
                ? Optional.of(parts.push(
                        "service accounts' client",
                        clients.connect(
                                config.client().withCredentials(Credentials.none()), "kube-controller-manager")))
                : Optional.empty();
    }

    ControllerContext context(String controller, SharedInformerFactory informers) {
        WriteMarks marks = new WriteMarks();
        ApiClient own = identity(controller);
        ApiEventRecorder events = parts.push(
                "events of " + controller,
                new ApiEventRecorder(own, ApiEventRecorder.Form.SOURCE, component(controller), "", clock));
        return new ControllerContext(
                controller, new TrackingClient(own, marks), informers, events, clock, random, metrics, marks);
    }

    /** How events name a controller. */
    private static String component(String controller) {
        return switch (controller) {
            case "endpoints-controller" -> "endpoint-controller";
            case "endpointslice-controller" -> "endpoint-slice-controller";
            case "endpointslice-mirroring-controller" -> "endpoint-slice-mirroring-controller";
            case "node-lifecycle-controller" -> "node-controller";
            case "node-ipam-controller" -> "cidrAllocator";
            case "disruption-controller" -> "controllermanager";
            case "replicationcontroller-controller" -> "replication-controller";
            case "horizontal-pod-autoscaler-controller" -> "horizontal-pod-autoscaler";
            case "persistentvolume-binder-controller" -> "persistentvolume-controller";
            case "persistentvolume-expander-controller" -> "volume_expand";
            case "ephemeral-volume-controller" -> "ephemeral_volume";
            case "persistentvolume-attach-detach-controller" -> "attachdetach-controller";
            default -> controller;
        };
    }

    private ApiClient identity(String controller) {
        String agent = "kube-controller-manager/" + controller;
        // The tokens' own controller cannot wait for a token.
        boolean first = controller.equals("serviceaccount-token-controller");
        if (tokens.isEmpty() || anonymous.isEmpty() || first) {
            return limited(client, controller).named(agent);
        }
        String account = ACCOUNTS.getOrDefault(controller, controller);
        return limited(anonymous.get(), controller).with(tokens.get().of(account), agent);
    }

    /** Each controller has the rate that the flags give, for itself. */
    private RestClient limited(RestClient shared, String controller) {
        double qps = config.client().qps();
        int burst = config.client().burst();
        return controller.equals(BUSIEST)
                ? shared.limited(qps * BUSIEST_RATE, burst * BUSIEST_BURST)
                : shared.limited(qps, burst);
    }

    @Override
    public void close() {
        parts.close();
    }
}
