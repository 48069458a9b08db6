package io.argosy.controllermanager.manager;

import io.argosy.client.informer.SharedInformerFactory;
import io.argosy.client.kubeconfig.Clients;
import io.argosy.client.leader.LeaderElector;
import io.argosy.client.leader.LeaseConfig;
import io.argosy.client.request.ApiClient;
import io.argosy.client.request.RestClient;
import io.argosy.client.transport.EventLoops;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.daemon.config.ConfigurationException;
import io.argosy.daemon.health.DiagnosticsHandler;
import io.argosy.daemon.health.HealthCheck;
import io.argosy.daemon.health.HealthEndpoint;
import io.argosy.daemon.lifecycle.DaemonContext;
import io.argosy.daemon.lifecycle.RunningDaemon;
import io.argosy.daemon.lifecycle.Stack;
import io.argosy.daemon.lifecycle.TaskScope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running controller manager: serves its port, waits for the lease, runs the controllers while it leads. */
final class Manager implements RunningDaemon {

    private static final Logger LOG = LoggerFactory.getLogger(Manager.class);

    private final ManagerConfig config;
    private final DaemonContext context;
    private final Clients clients;
    private final RestClient client;
    private final Stack parts = new Stack();
    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    private final HealthEndpoint healthz = new HealthEndpoint("healthz");

    private Manager(ManagerConfig config, DaemonContext context) throws ConfigurationException {
        this.config = config;
        this.context = context;
        EventLoops loops = parts.push("event loops", new EventLoops());
        this.clients = new Clients(loops, context.clock(), context.metrics());
        this.client = parts.push("client", clients.connect(config.client(), "kube-controller-manager"));
    }

    static Manager start(ManagerConfig config, DaemonContext context) throws ConfigurationException, IOException {
        Manager manager = new Manager(config, context);
        try {
            manager.serve();
            manager.lead();
            return manager;
        } catch (ConfigurationException | IOException | RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private void serve() throws IOException, ConfigurationException {
        DiagnosticsHandler diagnostics = new DiagnosticsHandler(
                List.of(healthz, new HealthEndpoint("livez"), new HealthEndpoint("readyz")),
                context.metrics(),
                context.configz(),
                context.pages());
        Optional<AutoCloseable> server = ServedPort.open(config.serving(), diagnostics, client, context.clock(), parts);
        server.ifPresent(port -> parts.push("port", port));
    }

    private void lead() {
        TaskScope tasks = parts.push("election", new TaskScope("manager", e -> {
            LOG.error("controllers could not be run", e);
            context.fail(String.valueOf(e.getMessage()));
        }));
        if (config.lease().isEmpty()) {
            tasks.fork("run", () -> {
                try (Leadership leadership = new Leadership()) {
                    leadership.started();
                    new java.util.concurrent.CountDownLatch(1).await();
                }
            });
            return;
        }
        ApiClient named = client.named("kube-controller-manager/leader-election");
        LeaderElector elector = new LeaderElector(config.lease().get(), named, context.clock(), random);
        healthz.add(HealthCheck.of("leaderElection", () -> {}));
        tasks.fork("elect", () -> {
            try (Leadership leadership = new Leadership()) {
                elector.run(leadership);
                context.fail("leaderelection lost");
            }
        });
    }

    /** The controllers while this process leads. */
    private final class Leadership implements LeaderElector.Leading, AutoCloseable {

        private final Stack running = new Stack();

        @Override
        public void started() {
            config.lease().ifPresent(lease -> master(lease, 1));
            TaskScope starting = running.push("start", new TaskScope("start", e -> {
                LOG.error("controllers could not be started", e);
                context.fail(String.valueOf(e.getMessage()));
            }));
            starting.fork("controllers", this::startControllers);
        }

        private void startControllers() throws InterruptedException, ConfigurationException {
            SharedInformerFactory informers = running.push(
                    "informers",
                    new SharedInformerFactory(
                            client.named("kube-controller-manager/shared-informers"), context.clock(), random));
            Identities identities = running.push(
                    "identities", new Identities(config, clients, client, context.clock(), context.metrics(), random));
            List<Controller> controllers = new ArrayList<>();
            for (Map.Entry<String, ControllerList.Factory> entry :
                    ControllerList.factories().entrySet()) {
                if (ControllerNames.isEnabled(entry.getKey(), config.controllers())) {
                    entry.getValue()
                            .make(identities.context(entry.getKey(), informers), config)
                            .ifPresent(controllers::add);
                    healthz.add(HealthCheck.of(entry.getKey(), () -> {}));
                }
            }
            informers.start();
            informers.awaitSynced();
            TaskScope workers = running.push("workers", new TaskScope("controllers"));
            controllers.forEach(controller -> controller.start(workers));
            LOG.info("controllers started count={}", controllers.size());
        }

        private void master(LeaseConfig lease, int value) {
            context.metrics()
                    .gauge(
                            "leader_election_master_status",
                            "Gauge of if the reporting system is master of the relevant lease, 0 indicates backup, "
                                    + "1 indicates master. 'name' is the string used to identify the lease.",
                            "name")
                    .labelValues(lease.lease().name())
                    .set(value);
        }

        @Override
        public void stopped() {
            config.lease().ifPresent(lease -> master(lease, 0));
            running.close();
        }

        @Override
        public void close() {
            running.close();
        }
    }

    @Override
    public void close() {
        parts.close();
    }
}
