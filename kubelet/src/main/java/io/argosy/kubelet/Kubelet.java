package io.argosy.kubelet;

import io.argosy.client.events.EventRecorder;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.InformerScope;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.client.informer.SharedInformerFactory;
import io.argosy.daemon.health.HealthCheck;
import io.argosy.daemon.kernel.OomScore;
import io.argosy.daemon.lifecycle.DaemonContext;
import io.argosy.daemon.lifecycle.DaemonMain;
import io.argosy.daemon.lifecycle.RunningDaemon;
import io.argosy.daemon.lifecycle.Stack;
import io.argosy.daemon.lifecycle.TaskScope;
import io.argosy.kubelet.api.ApiObjects;
import io.argosy.kubelet.api.CoreEvents;
import io.argosy.kubelet.api.LoggedEvents;
import io.argosy.kubelet.api.NoObjects;
import io.argosy.kubelet.api.NodeObjects;
import io.argosy.kubelet.cgroup.CgroupFiles;
import io.argosy.kubelet.cgroup.CgroupfsPods;
import io.argosy.kubelet.config.KubeletConfig;
import io.argosy.kubelet.container.ContainerConfigs;
import io.argosy.kubelet.container.ContainerResources;
import io.argosy.kubelet.container.FieldReader.NodeFacts;
import io.argosy.kubelet.container.LogRotation;
import io.argosy.kubelet.container.PodDns;
import io.argosy.kubelet.container.SandboxConfigs;
import io.argosy.kubelet.cri.CriChannels;
import io.argosy.kubelet.cri.CriRuntime;
import io.argosy.kubelet.cri.RuntimeCallException;
import io.argosy.kubelet.host.SharedFolder;
import io.argosy.kubelet.image.ImageGarbage;
import io.argosy.kubelet.image.Images;
import io.argosy.kubelet.lifecycle.RelistLoop;
import io.argosy.kubelet.lifecycle.RuntimeObserver;
import io.argosy.kubelet.node.ApiConnection;
import io.argosy.kubelet.node.CertificateRenewal;
import io.argosy.kubelet.node.Machine;
import io.argosy.kubelet.node.NodeAdmission;
import io.argosy.kubelet.node.NodeCapacity;
import io.argosy.kubelet.node.NodeHealth;
import io.argosy.kubelet.node.NodeReporter;
import io.argosy.kubelet.pod.PodServices;
import io.argosy.kubelet.pod.PodSources;
import io.argosy.kubelet.pod.PodView;
import io.argosy.kubelet.pod.PodWorkers;
import io.argosy.kubelet.probe.HandlerRunner;
import io.argosy.kubelet.probe.Probes;
import io.argosy.kubelet.resize.Allocations;
import io.argosy.kubelet.resize.ResizeVerdict;
import io.argosy.kubelet.server.Servers;
import io.argosy.kubelet.staticpod.Mirrors;
import io.argosy.kubelet.staticpod.StaticPods;
import io.argosy.kubelet.status.LocalStatuses;
import io.argosy.kubelet.status.StatusSink;
import io.argosy.kubelet.status.StatusWriter;
import io.argosy.kubelet.volume.ContainerMounts;
import io.argosy.kubelet.volume.PodDirectories;
import io.argosy.kubelet.volume.PodVolumes;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A kubelet that runs: the graph of its parts, built by hand. */
public final class Kubelet implements RunningDaemon {

    private static final Logger LOG = LoggerFactory.getLogger(Kubelet.class);
    private static final int STATUS_WRITERS = 4;
    private static final Duration HOUSEKEEPING = Duration.ofSeconds(2);

    private final KubeletConfig config;
    private final DaemonContext context;
    private final Stack parts = new Stack();
    private final NodeHealth health = new NodeHealth();

    private Kubelet(KubeletConfig config, DaemonContext context) {
        this.config = config;
        this.context = context;
    }

    /** Starts everything; returns when it works on its pods. */
    public static Kubelet start(KubeletConfig config, DaemonContext context) throws Exception {
        Kubelet kubelet = new Kubelet(config, context);
        try {
            kubelet.start();
            return kubelet;
        } catch (Exception e) {
            kubelet.close();
            throw e;
        }
    }

    private void start() throws Exception {
        context.configz().put("kubeletconfig", config::tree);
        Machine machine = Machine.read();
        CgroupFiles files = CgroupFiles.ofHost();
        HostRequirements.check(config.cgroups(), machine.swap(), files.unified());
        OomScore.adjust(config.runtime().oomScoreAdj());
        Files.createDirectories(config.paths().root());
        SharedFolder.ensure(config.paths().root());
        Files.createDirectories(config.paths().root().resolve("pods"));
        Files.createDirectories(config.paths().podLogs());
        NodeCapacity capacity =
                NodeCapacity.of(machine, Machine.diskBytes(config.paths().root()), config);
        List<String> addresses = List.of(config.identity().nodeIp().orElse(Machine.defaultAddress()));
        CgroupfsPods cgroups = cgroups(files, capacity);
        CriRuntime runtime = runtime();
        Optional<ApiConnection> api = ApiConnection.open(config, context, parts);

        AtomicReference<PodWorkers> workers = new AtomicReference<>();
        Optional<SharedInformerFactory> informers = api.map(a -> parts.push(
                "informers", new SharedInformerFactory(a.client(), context.clock(), new java.util.Random())));
        Optional<NodeReporter> reporter = Optional.empty();
        Optional<Mirrors> mirrors = Optional.empty();
        RelistLoop relist = new RelistLoop(
                runtime,
                context.clock(),
                (uid, name) -> Optional.ofNullable(workers.get()).ifPresent(w -> w.wake(uid)));
        TaskScope tasks = new TaskScope("kubelet");
        if (api.isPresent()) {
            NodeReporter made = new NodeReporter(new NodeReporter.Parts(
                    config,
                    api.get().client(),
                    runtime,
                    context.clock(),
                    machine,
                    capacity,
                    addresses,
                    health,
                    () -> health.problems(relist.healthy(), relist.age().toSeconds()),
                    Set::of,
                    config.serving().port(),
                    DaemonMain.VERSION));
            reporter = Optional.of(made);
            mirrors = Optional.of(new Mirrors(api.get().client(), made::node));
        }
        Optional<Mirrors> known = mirrors;
        Optional<StatusWriter> writer =
                api.map(a -> new StatusWriter(a.client(), context.clock(), pod -> known.flatMap(m -> m.of(pod))));
        StatusSink statuses = writer.<StatusSink>map(w -> w).orElseGet(LocalStatuses::new);
        Optional<CoreEvents> sender = api.map(a ->
                new CoreEvents(a.client(), context.clock(), config.identity().nodeName()));
        EventRecorder events = sender.<EventRecorder>map(s -> s).orElseGet(LoggedEvents::new);
        Optional<Informer<Service>> services = informers.map(i -> i.informer(Service.class));
        Optional<Informer<RuntimeClass>> classes = informers.map(i -> i.informer(RuntimeClass.class));
        NodeObjects objects = api.<NodeObjects>map(a -> parts.push(
                        "objects",
                        new ApiObjects(
                                a.client(),
                                services.orElseThrow(),
                                context.clock(),
                                namespace ->
                                        Optional.ofNullable(workers.get()).ifPresent(w -> w.wakeNamespace(namespace)))))
                .orElseGet(NoObjects::new);
        Probes probes = parts.push(
                "probes",
                new Probes(
                        runtime,
                        statuses,
                        events,
                        context.clock(),
                        uid -> Optional.ofNullable(workers.get()).ifPresent(w -> w.wake(uid))));
        PodServices shared = podServices(
                runtime, cgroups, files, machine, capacity, addresses, objects, probes, statuses, events, classes);
        workers.set(parts.push("pods", new PodWorkers(shared)));
        Optional<NodeReporter> told = reporter;
        PodSources sources = new PodSources(
                workers.get(),
                new NodeAdmission(
                        capacity,
                        config.resources().unsafeSysctls(),
                        () -> told.flatMap(NodeReporter::node),
                        () -> told.flatMap(NodeReporter::newestNode)),
                mirrors,
                writer,
                api.isPresent(),
                config.paths().staticPods().isPresent());
        parts.push("tasks", tasks);
        Servers.start(
                new Servers.Parts(
                        config,
                        context,
                        api.map(ApiConnection::client),
                        runtime,
                        shared.observer(),
                        workers.get(),
                        statuses,
                        probes,
                        files,
                        addresses,
                        syncLoop(relist)),
                parts);
        tasks.fork("runtime-health", () -> watchRuntime(runtime));
        tasks.fork("relist", relist::run);
        sender.ifPresent(s -> tasks.fork("events", s::run));
        api.flatMap(a -> CertificateRenewal.of(config, a.client(), context.clock(), new SplittableRandom()))
                .ifPresent(renewal -> tasks.fork("client-certificate", renewal::run));
        writer.ifPresent(w -> {
            for (int i = 0; i < STATUS_WRITERS; i++) {
                tasks.fork("status-writer", w::run);
            }
        });
        reporter.ifPresent(r -> {
            tasks.fork("node-status", r::runStatus);
            tasks.fork("node-lease", r::runLease);
        });
        config.paths()
                .staticPods()
                .ifPresent(path -> tasks.fork(
                        "static-pods",
                        new StaticPods(
                                path,
                                config.identity().nodeName(),
                                config.paths().fileCheck(),
                                context.clock(),
                                sources::files)::run));
        informers.ifPresent(i -> watchPods(i, sources, tasks));
        tasks.fork(
                "image-garbage",
                new ImageGarbage(
                        runtime,
                        context.clock(),
                        new ImageGarbage.Rules(
                                config.images().gcHigh(),
                                config.images().gcLow(),
                                config.images().leastAge(),
                                config.images().mostAge()))::run);
        tasks.fork(
                "log-rotation",
                new LogRotation(
                        runtime,
                        context.clock(),
                        config.logs().mostBytes(),
                        config.logs().mostFiles(),
                        config.logs().period())::run);
        tasks.fork("housekeeping", () -> keepHouse(sources, relist, workers.get(), cgroups));
        LOG.info(
                "kubelet works node={} runtime={}",
                config.identity().nodeName(),
                config.runtime().endpoint());
    }

    private static HealthCheck syncLoop(RelistLoop relist) {
        return new HealthCheck() {
            @Override
            public String name() {
                return "syncloop";
            }

            @Override
            public void check() throws Exception {
                if (!relist.healthy()) {
                    throw new IOException("sync Loop took longer than expected");
                }
            }
        };
    }

    private CgroupfsPods cgroups(CgroupFiles files, NodeCapacity capacity) throws IOException {
        CgroupfsPods cgroups = new CgroupfsPods(
                files,
                new CgroupfsPods.Rules(
                        config.cgroups().root(),
                        config.cgroups().perQos(),
                        config.cgroups().driver().equals("systemd"),
                        config.cgroups().quota(),
                        config.cgroups().quotaPeriod(),
                        config.cgroups().pidsLimit()));
        cgroups.prepare(
                ContainerResources.milli(capacity.allocatable().get("cpu")),
                config.cgroups().enforcePods()
                        ? ContainerResources.bytes(capacity.allocatable().get("memory"))
                        : 0);
        return cgroups;
    }

    private CriRuntime runtime() {
        CriChannels channels = parts.push("cri-channels", new CriChannels());
        return parts.push(
                "cri",
                new CriRuntime(
                        channels.open(config.runtime().endpoint()),
                        channels.open(config.runtime().imageEndpoint()),
                        config.runtime().timeout()));
    }

    private PodServices podServices(
            CriRuntime runtime,
            CgroupfsPods cgroups,
            CgroupFiles files,
            Machine machine,
            NodeCapacity capacity,
            List<String> addresses,
            NodeObjects objects,
            Probes probes,
            StatusSink statuses,
            EventRecorder events,
            Optional<Informer<RuntimeClass>> classes)
            throws IOException, InterruptedException {
        PodDirectories directories =
                new PodDirectories(config.paths().root(), config.paths().podLogs());
        NodeFacts node = new NodeFacts(config.identity().nodeName(), addresses);
        String seccomp = config.paths().root().resolve("seccomp").toString();
        boolean seccompDefault = config.cgroups().seccompByDefault();
        PodDns.Node dns =
                new PodDns.Node(resolver(), config.dns().servers(), config.dns().domain());
        return new PodServices(
                context.clock(),
                runtime,
                runtimeName(runtime),
                new RuntimeObserver(runtime),
                new Images(runtime, events, context.clock(), config.images().parallelPulls()),
                new PodVolumes(directories, objects, node, capacity::allocatable, context.clock()),
                new ContainerMounts(directories, config.dns().domain()),
                cgroups,
                new Allocations(
                        directories::pod,
                        new ResizeVerdict.Room(
                                ContainerResources.milli(capacity.allocatable().get("cpu")),
                                ContainerResources.bytes(capacity.allocatable().get("memory")))),
                new ContainerConfigs(
                        new ContainerResources.NodeRules(
                                machine.memoryBytes(),
                                config.cgroups().quota(),
                                config.cgroups().quotaPeriod(),
                                files.unified()),
                        seccompDefault,
                        seccomp),
                new SandboxConfigs(dns, seccompDefault, seccomp),
                dns,
                objects,
                node,
                capacity::allocatable,
                pod -> handler(pod, classes),
                new Gate(objects),
                probes,
                new HandlerRunner(runtime, context.clock()),
                statuses,
                events,
                new PodServices.Settings(
                        config.runtime().syncPeriod(), config.runtime().mostRestartDelay()));
    }

    private final class Gate implements PodServices.NodeGate {
        private final NodeObjects objects;

        Gate(NodeObjects objects) {
            this.objects = objects;
        }

        @Override
        public Optional<String> networkProblem() {
            return health.networkProblem();
        }

        @Override
        public boolean ready() {
            return objects.servicesKnown();
        }
    }

    private static String handler(Pod pod, Optional<Informer<RuntimeClass>> classes) {
        String name = pod.getSpec().getRuntimeClassName();
        if (name == null || name.isEmpty()) {
            return "";
        }
        return classes.flatMap(c -> c.get(new io.argosy.apimodel.meta.ObjectKey("", name)))
                .map(RuntimeClass::getHandler)
                .orElseThrow(() -> new IllegalArgumentException(
                        "failed to get sandbox runtime: no runtime for \"" + name + "\" is configured"));
    }

    private PodDns.Resolver resolver() throws IOException {
        String path = config.dns().resolvConf();
        if (path.isEmpty()) {
            return new PodDns.Resolver(List.of("127.0.0.1"), List.of("."), List.of());
        }
        return PodDns.Resolver.parse(Files.exists(Path.of(path)) ? Files.readString(Path.of(path)) : "");
    }

    /** Waits for the runtime: nothing can be done without it. */
    private String runtimeName(CriRuntime runtime) throws InterruptedException {
        Duration waited = Duration.ZERO;
        while (true) {
            try {
                return runtime.version().getRuntimeName();
            } catch (RuntimeCallException e) {
                if (waited.toSeconds() % 10 == 0) {
                    LOG.warn(
                            "waiting for the container runtime endpoint={} error={}",
                            config.runtime().endpoint(),
                            e.describe());
                }
                context.clock().sleep(Duration.ofSeconds(1));
                waited = waited.plusSeconds(1);
            }
        }
    }

    private void watchRuntime(CriRuntime runtime) throws InterruptedException {
        while (true) {
            try {
                health.runtime(runtime.status(false));
                context.clock().sleep(Duration.ofSeconds(5));
            } catch (RuntimeCallException e) {
                health.runtimeFailed(e.describe());
                context.clock().sleep(Duration.ofSeconds(1));
            }
        }
    }

    private void watchPods(SharedInformerFactory informers, PodSources sources, TaskScope tasks) {
        Informer<Pod> pods = informers.informer(
                Pod.class,
                InformerScope.fields("spec.nodeName=" + config.identity().nodeName()));
        pods.addHandler(new ResourceHandler<>() {
            @Override
            public void added(Pod pod, boolean initial) {
                sources.seen(pod);
            }

            @Override
            public void updated(Pod before, Pod after) {
                if (!PodView.uid(before).equals(PodView.uid(after))) {
                    sources.gone(before);
                }
                sources.seen(after);
            }

            @Override
            public void deleted(Pod last) {
                sources.gone(last);
            }
        });
        informers.start();
        tasks.fork("first-list", () -> {
            pods.awaitSynced();
            sources.apiKnown();
        });
    }

    private void keepHouse(PodSources sources, RelistLoop relist, PodWorkers workers, CgroupfsPods cgroups)
            throws InterruptedException {
        while (true) {
            context.clock().sleep(HOUSEKEEPING);
            sources.endOrphans(relist.known());
            try {
                cgroups.reweigh(workers.granted());
            } catch (IOException e) {
                LOG.warn("cannot weigh burstable pods error={}", e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        parts.close();
    }
}
