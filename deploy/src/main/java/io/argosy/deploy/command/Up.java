package io.argosy.deploy.command;

import io.argosy.deploy.addon.Manifests;
import io.argosy.deploy.host.Preflight;
import io.argosy.deploy.host.Processes;
import io.argosy.deploy.host.Waiting;
import io.argosy.deploy.image.ContainerdImages;
import io.argosy.deploy.node.Cluster;
import io.argosy.deploy.node.ClusterApi;
import io.argosy.deploy.node.Daemon;
import io.argosy.deploy.node.Layout;
import io.argosy.deploy.node.NodeSetup;
import io.argosy.deploy.node.Supervisor;
import io.argosy.deploy.pki.ClusterPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The steps of {@code argosy up}, in order; each does only what is still to be done. */
final class Up {

    private static final List<Integer> PORTS = List.of(2379, 2380, 6443, 10249, 10250, 10256, 10257, 10259);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration NODE_LIMIT = Duration.ofSeconds(90);

    private final Layout layout;
    private final Progress progress;
    private final NodeSetup setup;
    private final List<String> changed = new ArrayList<>();

    Up(Layout layout, Progress progress, NodeSetup setup) {
        this.layout = layout;
        this.progress = progress;
        this.setup = setup;
    }

    void run() throws Exception {
        Supervisor supervisor = setup.supervisor();
        boolean runs = supervisor.processId("kube-apiserver").isPresent();
        progress.step("Checked this machine", () -> check(runs ? List.of() : PORTS));
        setup.folders();
        ClusterPki[] made = new ClusterPki[1];
        progress.step("Made certificates", () -> {
            made[0] = setup.certificates(InstantSource.system());
            return "valid to " + LocalDate.ofInstant(made[0].firstExpiry(), ZoneOffset.UTC);
        });
        ClusterPki pki = made[0];
        setup.configuration(pki);
        setup.network();

        List<Daemon> daemons = setup.daemons(pki);
        progress.step("Started etcd and containerd", () -> start(daemons, "etcd", "containerd"));
        ClusterApi[] connected = new ClusterApi[1];
        progress.step("Started the API server", () -> {
            start(daemons, "kube-apiserver");
            importImages();
            connected[0] = ClusterApi.connect(layout.adminKubeconfig());
            await("kube-apiserver", START_LIMIT, connected[0]::notReady);
            return setup.cluster().server();
        });
        try (ClusterApi api = connected[0]) {
            progress.step(
                    "Started scheduler, controllers, node",
                    () -> start(daemons, "kube-controller-manager", "kube-scheduler", "kubelet", "kube-proxy"));
            Manifests.of(setup.cluster()).forEach(api::apply);
            String node = setup.cluster().nodeName();
            progress.step("Node " + node + " is Ready", () -> {
                await("kubelet", NODE_LIMIT, () -> api.nodeNotReady(node));
                return api.runtimeVersion(node);
            });
            progress.step("DNS answers, pod network works", () -> {
                await("kubelet", NODE_LIMIT, () -> dnsSilent(setup.cluster()));
                return setup.cluster().dnsAddress();
            });
        }
        writeUserKubeconfig();
        finish(daemons, supervisor);
    }

    private static String check(List<Integer> ports) {
        Preflight.Report report = Preflight.check(ports);
        if (!report.problems().isEmpty()) {
            List<String> lines = new ArrayList<>();
            for (Preflight.Problem problem : report.problems()) {
                lines.add(problem.what());
                lines.add("Fix:  " + problem.fix());
            }
            throw new Failure(ExitCodes.FAILED, "This machine is not ready for a cluster", lines);
        }
        return report.checks() + " checks";
    }

    private String start(List<Daemon> daemons, String... names) {
        List<String> started = new ArrayList<>();
        for (String name : names) {
            Daemon daemon = daemons.stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            if (setup.supervisor().ensure(daemon) != Supervisor.Change.NONE) {
                started.add(name);
            }
        }
        changed.addAll(started);
        return started.isEmpty() ? "ran already" : "";
    }

    private void importImages() throws IOException {
        await(
                "containerd",
                START_LIMIT,
                () -> Files.exists(layout.containerdSocket())
                        ? Optional.empty()
                        : Optional.of("its socket " + layout.containerdSocket()));
        ContainerdImages images = new ContainerdImages(layout.containerdSocket());
        Path imported = layout.data().resolve("images-imported");
        try (Stream<Path> archives = Files.list(layout.images())) {
            List<Path> sorted = archives.sorted().toList();
            StringBuilder state = new StringBuilder();
            for (Path archive : sorted) {
                state.append(archive.getFileName())
                        .append(' ')
                        .append(Files.size(archive))
                        .append(' ')
                        .append(Files.getLastModifiedTime(archive))
                        .append('\n');
            }
            if (Files.exists(imported) && Files.readString(imported).contentEquals(state)) {
                return;
            }
            sorted.forEach(images::importArchive);
            Files.writeString(imported, state);
        }
    }

    private void await(String daemon, Duration limit, Supplier<Optional<String>> condition) {
        Waiting.until(limit, condition).ifPresent(missing -> {
            throw Failure.of(
                    daemon + " did not come up within " + limit.toSeconds() + " s",
                    "Still missing: " + missing,
                    "log: " + setup.supervisor().logHint(daemon));
        });
    }

    private static Optional<String> dnsSilent(Cluster cluster) {
        return io.argosy.deploy.host.DnsQuestion.answers(
                        cluster.dnsAddress(), "kubernetes.default.svc." + cluster.domain())
                ? Optional.empty()
                : Optional.of("an answer from " + cluster.dnsAddress());
    }

    /** The invoking user's {@code ~/.kube/config}, unless there is one of somebody else's making. */
    private void writeUserKubeconfig() throws IOException {
        Path home = Path.of(System.getenv().getOrDefault("SUDO_HOME", System.getProperty("user.home")));
        Path file = home.resolve(".kube").resolve("config");
        String text = Files.readString(layout.adminKubeconfig());
        if (Files.exists(file) && !Files.readString(file).contains("current-context: argosy")) {
            progress.say("  " + file + " is of another cluster and stays; use  argosy kubeconfig");
            return;
        }
        setup.recordPath(file);
        io.argosy.deploy.pki.Kubeconfigs.write(file, text);
    }

    private void finish(List<Daemon> daemons, Supervisor supervisor) {
        long resident = daemons.stream()
                .map(daemon -> supervisor.processId(daemon.name()))
                .filter(java.util.OptionalLong::isPresent)
                .mapToLong(id -> Processes.residentBytes(id.getAsLong()))
                .sum();
        progress.say(String.format(
                Locale.ROOT,
                "%s in %.1f s, using %d MB.",
                changed.isEmpty() ? "Ready already; nothing was changed; looked" : "Ready",
                progress.seconds(),
                resident / 1_000_000));
        progress.say("  kubectl get nodes            (kubeconfig written to ~/.kube/config, context \"argosy\")");
    }
}
