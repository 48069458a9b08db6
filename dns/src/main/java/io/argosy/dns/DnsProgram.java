package io.argosy.dns;

import io.argosy.client.informer.SharedInformerFactory;
import io.argosy.client.kubeconfig.Clients;
import io.argosy.client.kubeconfig.Kubeconfig;
import io.argosy.client.request.RestClient;
import io.argosy.client.transport.EventLoops;
import io.argosy.daemon.config.ConfigurationException;
import io.argosy.daemon.flags.Flag;
import io.argosy.daemon.flags.FlagSection;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.flags.ParsedFlags;
import io.argosy.daemon.health.DiagnosticsHandler;
import io.argosy.daemon.health.HealthCheck;
import io.argosy.daemon.health.HealthEndpoint;
import io.argosy.daemon.http.HttpServer;
import io.argosy.daemon.http.HttpServerConfig;
import io.argosy.daemon.lifecycle.DaemonContext;
import io.argosy.daemon.lifecycle.DaemonProgram;
import io.argosy.daemon.lifecycle.RunningDaemon;
import io.argosy.daemon.lifecycle.Stack;
import io.argosy.dns.cache.AnswerCache;
import io.argosy.dns.forward.Forwarder;
import io.argosy.dns.forward.ResolverAddresses;
import io.argosy.dns.server.DnsServer;
import io.argosy.dns.zone.ClusterZone;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.SplittableRandom;

/** The object graph of cluster-dns. */
final class DnsProgram implements DaemonProgram {

    private static final int CACHED_ANSWERS = 10_000;

    private final FlagSet flags = new FlagSet(
            "cluster-dns", "Answers the names of Services and pods, and forwards all others to the node's resolvers.");
    private final FlagSection own = flags.section("cluster-dns");
    private final Flag<String> kubeconfig =
            own.string("kubeconfig", "", "Path to a kubeconfig; empty for the in-cluster configuration.");
    private final Flag<String> domain = own.string("domain", "cluster.local", "The cluster's domain.");
    private final Flag<String> address = own.string("bind-address", "", "Where to listen; empty for every address.");
    private final Flag<Integer> port = own.integer("port", 53, "Port for UDP and TCP.");
    private final Flag<Integer> healthPort = own.integer("health-port", 8181, "Port of /livez and /readyz.");
    private final Flag<Integer> metricsPort = own.integer("metrics-port", 9153, "Port of /metrics; 0 for none.");
    private final Flag<List<String>> upstream = own.strings(
            "upstream", List.of("/etc/resolv.conf"), "Resolvers: addresses, or files like /etc/resolv.conf.");

    @Override
    public FlagSet flags() {
        return flags;
    }

    @Override
    public RunningDaemon start(ParsedFlags parsed, DaemonContext context)
            throws ConfigurationException, IOException, InterruptedException {
        Stack parts = new Stack();
        try {
            EventLoops loops = parts.push("event loops", new EventLoops());
            RestClient client = parts.push(
                    "client",
                    new Clients(loops, context.clock(), context.metrics())
                            .connect(
                                    Kubeconfig.loadOrInCluster(parsed.get(kubeconfig), context.clock()),
                                    "cluster-dns"));
            SharedInformerFactory informers =
                    parts.push("informers", new SharedInformerFactory(client, context.clock(), new SplittableRandom()));
            ClusterZone zone = new ClusterZone(parsed.get(domain));
            ZoneFeed feed = new ZoneFeed(zone, informers);
            HealthEndpoint ready = new HealthEndpoint("readyz");
            ready.add(HealthCheck.of("informers", feed::requireSynced));
            parts.push("health", diagnostics(context, ready, parsed.get(healthPort)));
            if (parsed.get(metricsPort) > 0) {
                parts.push("metrics", diagnostics(context, ready, parsed.get(metricsPort)));
            }
            informers.start();
            Forwarder forwarder = new Forwarder(
                    ResolverAddresses.parse(parsed.get(upstream)), new AnswerCache(context.clock(), CACHED_ANSWERS));
            parts.push("server", DnsServer.start(listenAddress(parsed), zone, forwarder));
            return parts::close;
        } catch (ConfigurationException | IOException | InterruptedException | RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private InetSocketAddress listenAddress(ParsedFlags parsed) {
        return parsed.get(address).isEmpty()
                ? new InetSocketAddress(parsed.get(port))
                : new InetSocketAddress(parsed.get(address), parsed.get(port));
    }

    private static HttpServer diagnostics(DaemonContext context, HealthEndpoint ready, int port) throws IOException {
        return HttpServer.start(
                HttpServerConfig.cleartext(new InetSocketAddress(port)),
                new DiagnosticsHandler(
                        List.of(new HealthEndpoint("livez"), new HealthEndpoint("healthz"), ready),
                        context.metrics(),
                        context.configz(),
                        context.pages()));
    }
}
