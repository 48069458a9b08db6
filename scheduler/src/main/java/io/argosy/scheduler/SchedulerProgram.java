package io.argosy.scheduler;

import io.argosy.client.events.ApiEventRecorder;
import io.argosy.client.informer.SharedInformerFactory;
import io.argosy.client.kubeconfig.ClientConfig;
import io.argosy.client.kubeconfig.Clients;
import io.argosy.client.kubeconfig.Kubeconfig;
import io.argosy.client.leader.LeaderElector;
import io.argosy.client.leader.LeaderIdentity;
import io.argosy.client.leader.LeaseConfig;
import io.argosy.client.request.RestClient;
import io.argosy.client.transport.EventLoops;
import io.argosy.daemon.config.ConfigurationException;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.flags.ParsedFlags;
import io.argosy.daemon.health.HealthCheck;
import io.argosy.daemon.lifecycle.DaemonContext;
import io.argosy.daemon.lifecycle.DaemonProgram;
import io.argosy.daemon.lifecycle.RunningDaemon;
import io.argosy.daemon.lifecycle.Stack;
import io.argosy.daemon.lifecycle.TaskScope;
import io.argosy.daemon.metrics.Configz;
import io.argosy.scheduler.binding.Binder;
import io.argosy.scheduler.binding.FailureReports;
import io.argosy.scheduler.config.ConfigView;
import io.argosy.scheduler.config.SchedulerConfig;
import io.argosy.scheduler.config.SchedulerFlags;
import io.argosy.scheduler.framework.ClusterEvent;
import io.argosy.scheduler.preemption.Evictor;
import io.argosy.scheduler.storage.WatchedStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;

/** The object graph of kube-scheduler. */
final class SchedulerProgram implements DaemonProgram {

    /** Renewals, leases and reports must not wait for bindings. */
    private static final int ELECTION_QPS = 20;

    private final FlagSet flags = new FlagSet(
            "kube-scheduler",
            "The Kubernetes scheduler assigns Pods to Nodes: it determines which Nodes are valid placements for each Pod"
                    + " in its queue according to constraints and available resources, ranks them and binds the Pod to"
                    + " a suitable Node.");
    private final SchedulerFlags own = new SchedulerFlags(flags);

    @Override
    public FlagSet flags() {
        return flags;
    }

    @Override
    public RunningDaemon start(ParsedFlags parsed, DaemonContext context) throws ConfigurationException, IOException {
        SchedulerConfig config = own.read(parsed);
        Optional<Path> written = own.writeConfigTo(parsed);
        if (written.isPresent()) {
            Files.writeString(written.get(), Configz.text(ConfigView.of(config)));
            context.requestStop();
            return () -> {};
        }
        context.configz().put("componentconfig", () -> ConfigView.of(config));
        Stack parts = new Stack();
        try {
            build(config, context, parts);
            return parts::close;
        } catch (ConfigurationException | IOException | RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private static void build(SchedulerConfig config, DaemonContext context, Stack parts)
            throws ConfigurationException, IOException {
        EventLoops loops = parts.push("event loops", new EventLoops());
        Clients clients = new Clients(loops, context.clock(), context.metrics());
        ClientConfig server = Kubeconfig.forDaemon(config.kubeconfig(), config.master(), context.clock());
        RestClient client =
                parts.push("client", clients.connect(server.withLimit(config.qps(), config.burst()), "kube-scheduler"));
        RestClient unhurried = parts.push(
                "election client",
                clients.connect(server.withLimit(ELECTION_QPS, 2 * ELECTION_QPS), "kube-scheduler/leader-election"));
        ApiEventRecorder events = parts.push(
                "events",
                new ApiEventRecorder(
                        client,
                        ApiEventRecorder.Form.REPORTING,
                        config.profiles().getFirst().schedulerName(),
                        "",
                        context.clock()));
        FailureReports reports = parts.push("reports", new FailureReports(client, events, context.clock()));
        SharedInformerFactory informers =
                parts.push("informers", new SharedInformerFactory(client, context.clock(), new SplittableRandom()));
        WatchedStorage storage = new WatchedStorage(informers);
        SchedulerState state = new SchedulerState(
                new Plugins(Watches.lookups(informers, storage), client, context.clock(), new SplittableRandom())
                        .profiles(config),
                new SchedulerState.Waits(
                        config.podInitialBackoff(), config.podMaxBackoff(), config.podMaxUnschedulable()),
                new SplittableRandom());
        Scheduler scheduler = parts.push(
                "scheduler",
                new Scheduler(
                        state,
                        new Binder(client),
                        reports,
                        new Evictor(client, events, context.clock()),
                        events,
                        new SchedulerMetrics(context.metrics()),
                        context.clock()));
        storage.onChange(() -> scheduler.happenedOutside(new ClusterEvent.StorageChanged()));
        Watches watches = new Watches(informers, scheduler);
        if (config.serving().port() != 0) {
            HealthCheck synced = HealthCheck.of("informer-sync", () -> {
                if (!watches.synced()) {
                    throw new IOException("informers have not synced");
                }
            });
            parts.push("port", ServedPort.open(config.serving(), synced, unhurried, context));
        }
        informers.start();
        scheduler.start();
        TaskScope tasks = parts.push("leadership", new TaskScope("leadership"));
        tasks.fork("lead", () -> {
            informers.awaitSynced();
            lead(config, context, unhurried, scheduler);
        });
    }

    private static void lead(SchedulerConfig config, DaemonContext context, RestClient client, Scheduler scheduler)
            throws InterruptedException {
        Optional<SchedulerConfig.LeaderElection> election = config.leaderElection();
        if (election.isEmpty()) {
            scheduler.lead();
            return;
        }
        SchedulerConfig.LeaderElection how = election.get();
        LeaseConfig lease = new LeaseConfig(
                new io.argosy.apimodel.meta.ObjectKey(how.namespace(), how.name()),
                LeaderIdentity.of(config.serving().address(), config.serving().port()),
                how.leaseDuration(),
                how.renewDeadline(),
                how.retryPeriod());
        new LeaderElector(lease, client, context.clock(), new SplittableRandom()).run(new LeaderElector.Leading() {
            @Override
            public void started() {
                scheduler.lead();
            }

            @Override
            public void stopped() {
                scheduler.follow();
            }
        });
        context.fail("leaderelection lost");
    }
}
