package io.argosy.kubelet.machine;

import io.argosy.kubelet.cri.CriChannels;
import io.argosy.kubelet.cri.CriRuntime;
import io.argosy.kubelet.cri.RuntimeCallException;
import io.argosy.kubelet.cri.v1.Container;
import io.argosy.kubelet.cri.v1.ContainerFilter;
import io.argosy.kubelet.cri.v1.ContainerState;
import io.argosy.kubelet.cri.v1.PodSandbox;
import io.argosy.kubelet.cri.v1.PodSandboxFilter;
import io.argosy.kubelet.host.Linux;
import io.argosy.kubelet.host.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A containerd of its own: directories, socket, bridge and subnet are the test's, and go with it. */
final class Containerd implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path home;
    private final String bridge;
    private final Process process;
    private final CriChannels channels = new CriChannels();
    private final CriRuntime runtime;

    private Containerd(Path home, String bridge, Process process) {
        this.home = home;
        this.bridge = bridge;
        this.process = process;
        this.runtime = new CriRuntime(channels.open(socket()), channels.open(socket()), Duration.ofMinutes(1));
    }

    static Path plugins() {
        return Files.exists(Path.of("/opt/cni/bin/bridge")) ? Path.of("/opt/cni/bin") : Path.of("/usr/lib/cni");
    }

    static Containerd start(Path home) throws IOException, InterruptedException {
        String suffix = Long.toString(ProcessHandle.current().pid() % 1_000_000, 36);
        String bridge = "argok" + suffix;
        Files.createDirectories(home.resolve("cni"));
        Files.writeString(home.resolve("cni/10-bridge.conflist"), """
                {"cniVersion":"0.4.0","name":"%s","plugins":[{"type":"bridge","bridge":"%s","isGateway":true,
                "ipam":{"type":"host-local","dataDir":"%s/ipam","ranges":[[{"subnet":"10.213.%d.0/24"}]]}}]}
                """.formatted(
                        bridge, bridge, home, ProcessHandle.current().pid() % 250));
        Files.writeString(home.resolve("config.toml"), """
                version = 2
                root = "%1$s/root"
                state = "%1$s/state"
                [grpc]
                  address = "%1$s/c.sock"
                [plugins."io.containerd.internal.v1.opt"]
                  path = "%1$s/opt"
                [plugins."io.containerd.grpc.v1.cri"]
                  sandbox_image = "%2$s"
                  restrict_oom_score_adj = true
                  [plugins."io.containerd.grpc.v1.cri".cni]
                    bin_dir = "%3$s"
                    conf_dir = "%1$s/cni"
                  [plugins."io.containerd.grpc.v1.cri".containerd]
                    snapshotter = "native"
                """.formatted(home, BusyboxImage.NAME, plugins()));
        Process process = new ProcessBuilder(
                        "containerd", "-c", home.resolve("config.toml").toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("containerd.log").toFile())
                .start();
        Containerd containerd = new Containerd(home, bridge, process);
        try {
            containerd.prepare();
            return containerd;
        } catch (IOException | InterruptedException | AssertionError e) {
            containerd.close();
            throw e;
        }
    }

    private void prepare() throws IOException, InterruptedException {
        await("containerd answers", this::answers);
        Path image = home.resolve("image.tar");
        BusyboxImage.write(Path.of("/bin/busybox"), image);
        run("ctr", "-a", socket(), "-n", "k8s.io", "images", "import", "--snapshotter", "native", image.toString());
    }

    String socket() {
        return home.resolve("c.sock").toString();
    }

    private boolean answers() {
        try {
            runtime.version();
            return true;
        } catch (RuntimeCallException e) {
            return false;
        }
    }

    /** The containers that run, of one name. */
    List<String> running(String name) {
        return runtime.listContainers(ContainerFilter.getDefaultInstance()).stream()
                .filter(c -> c.getMetadata().getName().equals(name))
                .filter(c -> c.getState() == ContainerState.CONTAINER_RUNNING)
                .map(Container::getId)
                .toList();
    }

    int containers() {
        return runtime.listContainers(ContainerFilter.getDefaultInstance()).size();
    }

    boolean isEmpty() {
        return containers() == 0
                && runtime.listPodSandboxes(PodSandboxFilter.getDefaultInstance())
                        .isEmpty();
    }

    void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not reached in " + PATIENCE + ": " + what + "\n" + log());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private String log() {
        try {
            String log = Files.readString(home.resolve("containerd.log"));
            return log.substring(Math.max(0, log.length() - 4000));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try {
            for (PodSandbox left : runtime.listPodSandboxes(PodSandboxFilter.getDefaultInstance())) {
                runtime.stopPodSandbox(left.getId());
                runtime.removePodSandbox(left.getId());
            }
        } finally {
            runtime.close();
            channels.close();
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            for (Path point : Mounts.below(home)) {
                Linux.unmount(point);
            }
            new ProcessBuilder("ip", "link", "del", bridge)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
    }

    /** Removes a control group from every hierarchy, with everything below it. */
    static void removeGroup(String name) throws IOException {
        try (Stream<Path> hierarchies = Files.list(Path.of("/sys/fs/cgroup"))) {
            List<Path> roots = Stream.concat(Stream.of(Path.of("/sys/fs/cgroup")), hierarchies)
                    .map(h -> h.resolve(name))
                    .filter(Files::isDirectory)
                    .toList();
            for (Path root : roots) {
                try (Stream<Path> groups = Files.walk(root)) {
                    for (Path group : groups.filter(Files::isDirectory)
                            .sorted(java.util.Comparator.reverseOrder())
                            .toList()) {
                        Files.deleteIfExists(group);
                    }
                }
            }
        }
    }
}
