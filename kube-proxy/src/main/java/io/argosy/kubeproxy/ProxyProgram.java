package io.argosy.kubeproxy;

import io.argosy.client.informer.SharedInformerFactory;
import io.argosy.client.kubeconfig.Clients;
import io.argosy.client.kubeconfig.Kubeconfig;
import io.argosy.client.request.RestClient;
import io.argosy.client.transport.EventLoops;
import io.argosy.daemon.config.ConfigurationException;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.flags.ParsedFlags;
import io.argosy.daemon.kernel.OomScore;
import io.argosy.daemon.lifecycle.DaemonContext;
import io.argosy.daemon.lifecycle.DaemonProgram;
import io.argosy.daemon.lifecycle.RunningDaemon;
import io.argosy.daemon.lifecycle.Stack;
import io.argosy.daemon.lifecycle.TaskScope;
import io.argosy.daemon.logging.Logging;
import io.argosy.daemon.metrics.Configz;
import io.argosy.kubeproxy.config.ProxyConfig;
import io.argosy.kubeproxy.config.ProxyConfigReader;
import io.argosy.kubeproxy.config.ProxyFlags;
import io.argosy.kubeproxy.conntrack.Conntrack;
import io.argosy.kubeproxy.health.ProxyHealth;
import io.argosy.kubeproxy.health.ServiceHealth;
import io.argosy.kubeproxy.nftables.Nft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** The object graph of kube-proxy. */
final class ProxyProgram implements DaemonProgram {

    private final FlagSet flags = new FlagSet(
            "kube-proxy",
            "The Kubernetes network proxy runs on each node. It makes the addresses and ports of Services lead to their"
                    + " endpoints.");
    private final ProxyFlags own = new ProxyFlags(flags);

    @Override
    public FlagSet flags() {
        return flags;
    }

    @Override
    public RunningDaemon start(ParsedFlags parsed, DaemonContext context) throws ConfigurationException, IOException {
        ProxyConfig config = new ProxyConfigReader(own, parsed, machineName()).read();
        Logging.install(config.logging());
        if (isDoneWithoutServing(parsed, config)) {
            context.requestStop();
            return () -> {};
        }
        IptablesLeftovers.remove();
        Privileged.initialize(config.flows());
        OomScore.adjust(config.oomScoreAdj());
        context.configz().put("kubeproxy.config.k8s.io", config::tree);
        return serve(config, own.config(parsed), context);
    }

    private boolean isDoneWithoutServing(ParsedFlags parsed, ProxyConfig config) throws IOException {
        Optional<Path> written = own.writeConfigTo(parsed);
        if (written.isPresent()) {
            Files.writeString(written.get(), Configz.text(config.tree()));
        } else if (own.cleanup(parsed)) {
            Privileged.cleanUp(new Nft());
            IptablesLeftovers.remove();
        } else if (own.initOnly(parsed)) {
            Privileged.initialize(config.flows());
        } else {
            return false;
        }
        return true;
    }

    private static RunningDaemon serve(ProxyConfig config, Optional<Path> file, DaemonContext context)
            throws ConfigurationException, IOException {
        Stack parts = new Stack();
        try {
            EventLoops loops = parts.push("event loops", new EventLoops());
            ProxyConfig.Server server = config.server();
            RestClient client = parts.push(
                    "client",
                    new Clients(loops, context.clock(), context.metrics())
                            .connect(
                                    Kubeconfig.forDaemon(server.kubeconfig(), server.master(), context.clock())
                                            .withLimit(server.qps(), server.burst()),
                                    "kube-proxy"));
            ServiceHealth services = parts.push("service health", new ServiceHealth());
            ProxyLoop loop = new ProxyLoop(
                    config,
                    context.clock(),
                    new Nft(),
                    new Conntrack(List.of("conntrack")),
                    services,
                    context.metrics());
            parts.push("health", ProxyHealth.start(config.addresses(), loop::healthy, context));
            SharedInformerFactory informers =
                    parts.push("informers", new SharedInformerFactory(client, context.clock(), new SplittableRandom()));
            parts.push("loop", loop);
            loop.watch(informers);
            informers.start();
            loop.start();
            TaskScope tasks = parts.push("tasks", new TaskScope("kube-proxy"));
            file.ifPresent(
                    path -> tasks.fork("configuration", new ConfigWatch(path, context.clock(), context::fail)::run));
            return parts::close;
        } catch (ConfigurationException | IOException | RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private static String machineName() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/hostname"));
    }
}
