package io.argosy.kubeproxy;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.InformerScope;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.client.informer.SharedInformerFactory;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.lifecycle.TaskScope;
import io.argosy.daemon.metrics.Metrics;
import io.argosy.kubeproxy.config.ProxyConfig;
import io.argosy.kubeproxy.config.ProxyConfig.Local;
import io.argosy.kubeproxy.conntrack.Conntrack;
import io.argosy.kubeproxy.conntrack.StaleFlows;
import io.argosy.kubeproxy.health.ServiceHealth;
import io.argosy.kubeproxy.model.EndpointChoice;
import io.argosy.kubeproxy.model.IpFamily;
import io.argosy.kubeproxy.model.NodeView;
import io.argosy.kubeproxy.model.ProxyImage;
import io.argosy.kubeproxy.model.ProxyImages;
import io.argosy.kubeproxy.nftables.Nft;
import io.argosy.kubeproxy.nftables.NftTable;
import io.argosy.kubeproxy.program.NftProgram;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.prometheus.metrics.core.metrics.Histogram;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches Services, EndpointSlices and this node, and brings the kernel's rules after them: one thread, woken by changes,
 * that looks at everything anew, computes the wanted rules and applies the difference.
 */
final class ProxyLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProxyLoop.class);
    private static final String SERVICE_INDEX = "service";
    private static final String SERVICE_LABEL = "kubernetes.io/service-name";
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final ProxyConfig config;
    private final ProgramConfigs programs;
    private final Clock clock;
    private final Conntrack conntrack;
    private final ServiceHealth health;
    private final TaskScope tasks = new TaskScope("proxy");
    private final BlockingQueue<Boolean> wake = new ArrayBlockingQueue<>(1);
    private final Map<IpFamily, NftTable> tables = new EnumMap<>(IpFamily.class);
    private final Map<IpFamily, ProxyImage> applied = new EnumMap<>(IpFamily.class);
    private final Histogram duration;
    private volatile boolean synced;
    private volatile long failingSince;
    private Optional<Sources> sources = Optional.empty();

    private record Sources(Informer<Service> services, Informer<EndpointSlice> slices, Informer<Node> nodes) {}

    ProxyLoop(ProxyConfig config, Clock clock, Nft nft, Conntrack conntrack, ServiceHealth health, Metrics metrics) {
        this.config = config;
        this.programs = new ProgramConfigs(config);
        this.clock = clock;
        this.conntrack = conntrack;
        this.health = health;
        for (IpFamily family : IpFamily.values()) {
            tables.put(family, new NftTable(nft));
            applied.put(family, ProxyImage.empty(family));
        }
        this.duration = metrics.histogram(
                "kubeproxy_sync_proxy_rules_duration_seconds",
                "SyncProxyRules latency in seconds",
                Metrics.exponential(0.001, 2, 15));
    }

    /** Asks for what it needs to know. */
    void watch(SharedInformerFactory informers) {
        Informer<Service> services = informers.informer(
                Service.class,
                InformerScope.ALL.withLabels(
                        "!service.kubernetes.io/service-proxy-name,!service.kubernetes.io/headless"));
        Informer<EndpointSlice> slices = informers.informer(
                EndpointSlice.class,
                InformerScope.ALL.withLabels(
                        "!service.kubernetes.io/service-proxy-name,!service.kubernetes.io/headless"));
        slices.addIndex(SERVICE_INDEX, ProxyLoop::serviceOf);
        Informer<Node> nodes =
                informers.informer(Node.class, InformerScope.fields("metadata.name=" + config.nodeName()));
        services.addHandler(ResourceHandler.any(_ -> wake()));
        slices.addHandler(ResourceHandler.any(_ -> wake()));
        nodes.addHandler(ResourceHandler.any(_ -> wake()));
        sources = Optional.of(new Sources(services, slices, nodes));
    }

    void start() {
        tasks.fork("sync", this::run);
    }

    /** Healthy once the first rules are in force and as long as no change waits for them for too long. */
    boolean healthy() {
        long since = failingSince;
        return synced
                && (since == 0
                        || clock.nanoTime() - since < Duration.ofMinutes(1).toNanos());
    }

    private void wake() {
        boolean first = wake.offer(Boolean.TRUE);
        if (first) {
            LOG.debug("rules are to be looked at");
        }
    }

    private void run() throws InterruptedException {
        Sources known = sources.orElseThrow();
        known.services().awaitSynced();
        known.slices().awaitSynced();
        known.nodes().awaitSynced();
        wake();
        while (true) {
            Boolean changed = wake.poll(config.rules().syncPeriod().toMillis(), TimeUnit.MILLISECONDS);
            if (changed == null && tablesAreThere()) {
                continue;
            }
            long started = clock.nanoTime();
            boolean done = syncSafely(known);
            duration.observe((clock.nanoTime() - started) / 1e9);
            if (!done) {
                failingSince = failingSince == 0 ? started : failingSince;
                wake();
                clock.sleep(RETRY);
            } else {
                failingSince = 0;
                synced = true;
                pause(started);
            }
        }
    }

    /** Changes that come close together are applied together; the first after a quiet time at once. */
    private void pause(long started) throws InterruptedException {
        Duration spent = Duration.ofNanos(clock.nanoTime() - started);
        Duration left = spent.multipliedBy(2);
        clock.sleep(
                left.compareTo(config.rules().minSyncPeriod()) < 0
                        ? left
                        : config.rules().minSyncPeriod());
    }

    private boolean tablesAreThere() {
        try {
            for (NftTable table : tables.values()) {
                if (!table.check()) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            LOG.warn("cannot look at the kernel's tables", e);
            return false;
        }
    }

    /** One object that cannot be read must not end the proxy: the rules stay, and it is tried again. */
    private boolean syncSafely(Sources known) {
        try {
            return sync(known);
        } catch (RuntimeException e) {
            LOG.error("cannot compute the rules", e);
            return false;
        }
    }

    private boolean sync(Sources known) {
        NodeView node = NodeView.of(
                known.nodes().get(new ObjectKey("", config.nodeName())),
                config.addresses().bind());
        if (config.local().mode() == Local.Mode.NODE_RANGE && node.podRanges().isEmpty()) {
            LOG.warn("waiting for the allocation of pod ranges node={}", config.nodeName());
            return false;
        }
        List<Service> services = known.services().list();
        EndpointChoice.Place place = new EndpointChoice.Place(config.nodeName(), node.zone());
        boolean done = true;
        for (IpFamily family : IpFamily.values()) {
            ProxyImage image = ProxyImages.of(
                    services, key -> known.slices().byIndex(SERVICE_INDEX, key.toString()), family, config.nodeName());
            done &= apply(image, programs.config(family, node));
        }
        health.update(applied.values(), place);
        return done;
    }

    private boolean apply(ProxyImage image, NftProgram.Config program) {
        IpFamily family = image.family();
        try {
            NftTable.Applied change = table(family).apply(NftProgram.of(image, program));
            if (change != NftTable.Applied.NOTHING) {
                LOG.debug(
                        "rules changed family={} how={} services={}",
                        family.nftName(),
                        change,
                        image.entries().size());
            }
            ProxyImage before = applied.put(family, image);
            conntrack.forget(
                    StaleFlows.between(before == null ? ProxyImage.empty(family) : before, image, program.place()));
            return true;
        } catch (IOException e) {
            LOG.error("cannot change the rules family={}", family.nftName(), e);
            return false;
        }
    }

    private NftTable table(IpFamily family) {
        return java.util.Objects.requireNonNull(tables.get(family));
    }

    private static List<String> serviceOf(EndpointSlice slice) {
        Map<String, String> labels = slice.getMetadata().getLabels();
        String service = labels == null ? null : labels.get(SERVICE_LABEL);
        return service == null ? List.of() : List.of(slice.getMetadata().getNamespace() + "/" + service);
    }

    @Override
    public void close() {
        tasks.close();
    }
}
