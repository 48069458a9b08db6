package io.argosy.apiserver.server;

import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.definition.BuiltIns;
import io.argosy.apiserver.admission.AdmissionChain;
import io.argosy.apiserver.admission.DefaultPlugins;
import io.argosy.apiserver.admission.configuration.AdmissionConfiguration;
import io.argosy.apiserver.admission.policy.AdmissionPolicies;
import io.argosy.apiserver.admission.tolerations.DefaultTolerationSeconds;
import io.argosy.apiserver.admission.webhook.AdmissionWebhooks;
import io.argosy.apiserver.aggregation.Aggregator;
import io.argosy.apiserver.audit.AuditTrail;
import io.argosy.apiserver.bootstrap.Bootstrap;
import io.argosy.apiserver.bootstrap.KubernetesService;
import io.argosy.apiserver.bootstrap.MasterLeases;
import io.argosy.apiserver.bootstrap.ServerPresence;
import io.argosy.apiserver.cache.CacheMetrics;
import io.argosy.apiserver.cache.EncodingBudget;
import io.argosy.apiserver.cache.ResourceCaches;
import io.argosy.apiserver.callout.ServiceAddresses;
import io.argosy.apiserver.callout.WebhookCaller;
import io.argosy.apiserver.crd.CustomResources;
import io.argosy.apiserver.flowcontrol.FlowControl;
import io.argosy.apiserver.flowcontrol.FlowDump;
import io.argosy.apiserver.flowcontrol.FlowFollowing;
import io.argosy.apiserver.flowcontrol.FlowMetrics;
import io.argosy.apiserver.handler.AdmissionForms;
import io.argosy.apiserver.handler.CreatorHandler;
import io.argosy.apiserver.handler.DeleteHandler;
import io.argosy.apiserver.handler.PatchHandler;
import io.argosy.apiserver.handler.ReadHandler;
import io.argosy.apiserver.handler.ResourceHandlers;
import io.argosy.apiserver.handler.ScaleHandler;
import io.argosy.apiserver.handler.WatchHandler;
import io.argosy.apiserver.handler.WriteHandler;
import io.argosy.apiserver.impersonation.Impersonation;
import io.argosy.apiserver.objects.CachedObjects;
import io.argosy.apiserver.registry.ResourceRules;
import io.argosy.apiserver.registry.authentication.TokenRequests;
import io.argosy.apiserver.registry.builtin.BuiltInRules;
import io.argosy.apiserver.registry.service.AddressRange;
import io.argosy.apiserver.registry.service.ClusterAddresses;
import io.argosy.apiserver.registry.service.NodePorts;
import io.argosy.apiserver.registry.service.ServiceAllocation;
import io.argosy.apiserver.registry.service.StoredPortLedger;
import io.argosy.apiserver.storage.Store;
import io.argosy.apiserver.storage.encryption.EncryptionConfiguration;
import io.argosy.apiserver.stream.BackendTls;
import io.argosy.apiserver.stream.KubeletAccess;
import io.argosy.apiserver.stream.PodStreams;
import io.argosy.apiserver.stream.ProxyTargets;
import io.argosy.apiserver.stream.StreamHandler;
import io.argosy.apiserver.table.TableWriter;
import io.argosy.daemon.health.HealthCheck;
import io.argosy.daemon.health.HealthEndpoint;
import io.argosy.daemon.http.HttpServer;
import io.argosy.daemon.lifecycle.DaemonContext;
import io.argosy.daemon.lifecycle.DaemonMain;
import io.argosy.daemon.lifecycle.RunningDaemon;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One API server, put together by hand.
 *
 * <pre>started (listens, not ready) --caches filled, bootstrap written--> ready --close--> draining --> closed</pre>
 */
final class ApiServer implements RunningDaemon {

    private static final Logger log = LoggerFactory.getLogger(ApiServer.class);
    private static final int KUBELET_PORT = 10250;
    private static final Duration DRAIN = Duration.ofSeconds(60);

    private final ServerConfig config;
    private final Store store;
    private final ResourceCaches caches;
    private final CachedObjects objects;
    private final ServedResources resources;
    private final Security security;
    private final WatchHandler watches;
    private final AuditTrail audit;
    private final Deadlines deadlines = new Deadlines();
    private final HttpServer http;
    private final CustomResources customResources;
    private final WebhookCaller webhookCaller;
    private final AdmissionWebhooks webhooks;
    private final AdmissionPolicies policies;
    private final ServerPresence presence;
    private final Aggregator aggregator;
    private final StoredPortLedger portLedger;
    private final Optional<FlowFollowing> flowFollowing;
    private final List<AutoCloseable> following = Collections.synchronizedList(new ArrayList<>());
    private final Thread starting;
    private volatile boolean bootstrapped;
    private volatile boolean stopping;

    static ApiServer start(ServerConfig config, Store store, DaemonContext context)
            throws IOException, GeneralSecurityException {
        return new ApiServer(config, store, context);
    }

    private ApiServer(ServerConfig config, Store store, DaemonContext context)
            throws IOException, GeneralSecurityException {
        this.config = config;
        this.store = store;
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        ThreadFactory threads = Thread.ofVirtual().name("apiserver-", 0).factory();
        String root = config.etcd().prefix();
        caches = new ResourceCaches(store, root, clock, threads, EncodingBudget.ofHeap(), CacheMetrics.NONE);
        objects = new CachedObjects(caches, clock, UUID::randomUUID, threads);
        security = Security.of(config, objects, clock);

        List<AddressRange> ranges = config.network().serviceRanges().stream()
                .map(AddressRange::parse)
                .toList();
        int[] ports = ServerAddresses.portRange(config.network().nodePorts());
        portLedger = new StoredPortLedger(store, root, ports[0], ports[1]);
        AtomicReference<Optional<ServedResources>> served = new AtomicReference<>(Optional.empty());
        boolean rbac = config.policy().modes().contains("RBAC");
        ResourceRules rules = BuiltInRules.of(new BuiltInRules.Parts(
                objects,
                security.authorizer(),
                security.policy(),
                config.policy().modes().contains("Node"),
                security.tokens(),
                security.audiences(),
                Optional.of(security.issuer()),
                new TokenRequests.Settings(
                        security.audiences(),
                        config.serviceAccounts().longest(),
                        config.serviceAccounts().extend()),
                new ServiceAllocation(
                        new ClusterAddresses(objects, ranges, random),
                        new NodePorts(portLedger, ports[0], ports[1], random)),
                new PodDeletion(() -> served.get().orElseThrow()),
                config.network().eventTtl(),
                clock,
                UUID::randomUUID));
        AdmissionForms forms = new AdmissionForms(
                () -> served.get().orElseThrow().definitions(),
                resource -> served.get().orElseThrow().find(resource),
                SubresourceKinds::subresourceSchema);
        policies = new AdmissionPolicies(objects, forms, security.authorizer());
        webhookCaller = new WebhookCaller(new ServiceAddresses(objects, random), clock);
        webhooks =
                new AdmissionWebhooks(objects, forms, security.authorizer(), webhookCaller, UUID::randomUUID, threads);
        AdmissionChain chain = DefaultPlugins.chain(
                new DefaultPlugins.Parts(
                        objects,
                        security.authorizer(),
                        rbac ? Optional.of(security.policy()) : Optional.empty(),
                        random,
                        new DefaultTolerationSeconds(
                                config.policy().notReadySeconds(),
                                config.policy().unreachableSeconds()),
                        config.policy()
                                .admissionConfiguration()
                                .map(AdmissionConfiguration::read)
                                .orElse(AdmissionConfiguration.NONE),
                        List.of(policies.mutating(), webhooks.mutating(), policies.validating(), webhooks.validating()),
                        clock,
                        threads,
                        context.metrics()),
                new HashSet<>(config.policy().enabledPlugins()),
                new HashSet<>(config.policy().disabledPlugins()));
        Supplier<AdmissionChain> admission = () -> chain;
        resources =
                new ServedResources(caches, rules, admission, encryption(config, random)::transformer, clock, random);
        served.set(Optional.of(resources));
        resources.addAll(BuiltIns.definitions(new RuntimeConfig(config.policy().runtimeConfig())::alsoServed)
                .all());

        ReadHandler reads = new ReadHandler(new TablePrinting(new TableWriter(clock)));
        WriteHandler writes = new WriteHandler(reads, admission, security.authorizer(), clock);
        watches = new WatchHandler(reads, clock, random, config.requests().shortestWatch());
        ServerConfig.Network network = config.network();
        KubeletAccess kubelets = new KubeletAccess(
                objects,
                network.kubeletAddresses(),
                KUBELET_PORT,
                new BackendTls(network.kubeletCertificate(), network.kubeletKey(), network.kubeletCa()));
        StreamHandler streams =
                new StreamHandler(new PodStreams(objects, kubelets), new ProxyTargets(objects, kubelets, random));
        ResourceHandlers handlers = new ResourceHandlers(
                rules,
                reads,
                watches,
                writes,
                new PatchHandler(reads, writes),
                new DeleteHandler(reads),
                new CreatorHandler(admission, SubresourceKinds::schema),
                new ScaleHandler(writes),
                new Connections(streams, admission, security.authorizer()));

        String address = ServerAddresses.advertised(config);
        int port = config.serving().port();
        audit = AuditSetUp.trail(config, clock);
        aggregator = new Aggregator(
                new Aggregator.Parts(
                        objects,
                        BuiltIns.groups(),
                        network.proxyCertificate(),
                        network.proxyKey(),
                        random,
                        clock,
                        threads),
                resources::definitions,
                resources::remote);
        resources.whenChanged(aggregator::servedChanged);
        Documents documents = new Documents(
                resources,
                address + ":" + port,
                health(),
                context.metrics(),
                Documents.version(DaemonMain.VERSION),
                aggregator::documents,
                clock);
        addOpenId(documents, address, port);
        FlowControl flows = new FlowControl(
                Math.max(1, config.requests().reads() + config.requests().writes()),
                config.requests().timeout().dividedBy(4),
                System::nanoTime,
                clock,
                new FlowMetrics(context.metrics()));
        boolean fair = config.requests().fairness();
        Gate gate = fair
                ? new FairGate(flows, resources)
                : new Overload(config.requests().reads(), config.requests().writes());
        flowFollowing = fair ? Optional.of(new FlowFollowing(objects, flows, clock, threads)) : Optional.empty();
        if (fair) {
            addFlowDumps(documents, new FlowDump(flows));
        }
        RequestPipeline pipeline = new RequestPipeline(new RequestPipeline.Stages(
                clock,
                random,
                config.requests().timeout(),
                config.requests().goawayChance(),
                audit,
                security.authenticator(),
                new Impersonation(security.authorizer()),
                gate,
                security.authorizer(),
                aggregator,
                resources,
                handlers,
                documents,
                deadlines,
                new RequestMetrics(context.metrics(), clock)));

        KubernetesService service = new KubernetesService(objects, ServerAddresses.first(ranges.getFirst()), port);
        customResources =
                new CustomResources(objects, rules, new CustomServing(resources), webhookCaller, clock, threads);
        presence = new ServerPresence(
                objects,
                service,
                new MasterLeases(store, root),
                new ServerPresence.Identity(InetAddress.getLocalHost().getHostName(), address, port, UUID.randomUUID()),
                clock,
                threads);
        caches.start();
        http = Listening.start(config, pipeline, clock);
        starting = threads.newThread(this::becomeReady);
        starting.start();
        log.info("serving securely address={}", http.address());
    }

    private static EncryptionConfiguration encryption(ServerConfig config, SecureRandom random) throws IOException {
        return config.etcd().encryption().isEmpty()
                ? EncryptionConfiguration.none()
                : EncryptionConfiguration.read(
                        Files.readAllBytes(config.etcd().encryption().get()), random);
    }

    private List<HealthEndpoint> health() {
        HealthCheck etcd = HealthCheck.of("etcd", caches::checkStore);
        HealthCheck informers =
                HealthCheck.of("informer-sync", () -> require(caches.synced(), "caches are not filled"));
        HealthCheck hooks = HealthCheck.of(
                "poststarthook/bootstrap", () -> require(bootstrapped, "bootstrap objects are not written"));
        HealthCheck shutdown = HealthCheck.of("shutdown", () -> require(!stopping, "process is shutting down"));
        return List.of(
                new HealthEndpoint("healthz", HealthCheck.ping(), etcd, hooks),
                new HealthEndpoint("livez", HealthCheck.ping(), etcd, hooks),
                new HealthEndpoint("readyz", HealthCheck.ping(), etcd, informers, hooks, shutdown));
    }

    private static void require(boolean well, String otherwise) {
        if (!well) {
            throw new IllegalStateException(otherwise);
        }
    }

    private void addOpenId(Documents documents, String address, int port) {
        byte[] keys = JsonWriter.write(security.keys().keySet());
        documents.add("/openid/v1/jwks", new Documents.Document("application/jwk-set+json", () -> keys));
        String uri = config.serviceAccounts().keysUri().isEmpty()
                ? "https://" + address + ":" + port + "/openid/v1/jwks"
                : config.serviceAccounts().keysUri();
        byte[] discovery = JsonWriter.write(
                security.keys().discovery(config.serviceAccounts().issuers().getFirst(), uri));
        documents.add("/.well-known/openid-configuration", new Documents.Document("application/json", () -> discovery));
    }

    private static void addFlowDumps(Documents documents, FlowDump dump) {
        String root = "/debug/api_priority_and_fairness/";
        documents.add(root + "dump_priority_levels", new Documents.Document("text/plain", dump::priorityLevels));
        documents.add(root + "dump_queues", new Documents.Document("text/plain", dump::queues));
        documents.add(root + "dump_requests", new Documents.Document("text/plain", dump::requests));
    }

    private void becomeReady() {
        try {
            while (!caches.awaitSync(Duration.ofSeconds(10))) {
                if (stopping) {
                    return;
                }
                log.info("waiting for the store");
            }
            following.addAll(security.follow(objects));
            following.addAll(webhooks.follow());
            following.addAll(policies.follow());
            flowFollowing.ifPresent(flows -> {
                flows.start();
                following.add(flows);
            });
            following.add(webhookCaller);
            customResources.start();
            following.add(customResources);
            following.add(aggregator);
            Map<String, String> authentication = AuthenticationData.of(config.identity());
            while (!stopping && !bootstrapped) {
                try {
                    portLedger.initialize();
                    new Bootstrap(objects, InstantSource.system())
                            .run(config.network().serviceRanges(), authentication);
                    presence.start();
                    aggregator.start();
                    bootstrapped = true;
                } catch (RuntimeException e) {
                    log.warn("bootstrap is tried again", e);
                    Thread.sleep(Duration.ofSeconds(1));
                }
            }
            log.info("ready");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            log.error("authorities cannot be read", e);
        }
    }

    int port() {
        return http.port();
    }

    @Override
    public void close() {
        stopping = true;
        try {
            Thread.sleep(config.requests().shutdownDelay());
            presence.close();
            http.stopAccepting();
            Thread.sleep(config.requests().watchGrace());
            watches.drain();
            http.awaitDrained(DRAIN);
            starting.interrupt();
            starting.join();
            for (AutoCloseable one : following) {
                one.close();
            }
            audit.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            log.warn("not all ended in order", e);
        } finally {
            http.close();
            deadlines.close();
            caches.close();
            store.close();
        }
    }
}
