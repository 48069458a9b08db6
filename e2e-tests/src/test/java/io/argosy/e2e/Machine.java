package io.argosy.e2e;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** A container that is a machine: systemd as PID 1, the distribution under {@code /opt/argosy}. */
final class Machine implements AutoCloseable {

    static final String ARGOSY = "/opt/argosy/bin/argosy";

    /** What a container may not have here: the machines of the tests lack the first, the engine does not know the rest. */
    private static final EnumSet<Capability> WITHHELD = EnumSet.of(Capability.ALL, Capability.SYS_RESOURCE);

    private final GenericContainer<?> container;

    private Machine(GenericContainer<?> container) {
        this.container = container;
    }

    static Machine start(Path distribution, String hostname) {
        return start(distribution, hostname, List.of());
    }

    /** The same with folders of this computer, each as {@code SOURCE:TARGET}, read-only. */
    static Machine start(Path distribution, String hostname, List<String> folders) {
        List<Bind> binds = Stream.concat(Stream.of(distribution.toAbsolutePath() + ":/opt/argosy"), folders.stream())
                .map(folder -> Bind.parse(folder + ":ro"))
                .toList();
        Capability[] capabilities =
                EnumSet.complementOf(WITHHELD).stream().filter(Machine::known).toArray(Capability[]::new);
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(NodeImage.NAME))
                .withCommand("/bin/sh", "-c", Resources.text("boot.sh"))
                .withEnv("container", "docker")
                .withTmpFs(Map.of("/run", "rw,exec,mode=755", "/tmp", "rw,exec"))
                .withImagePullPolicy(_ -> false)
                .withCreateContainerCmdModifier(create -> create.withHostName(hostname)
                        .withVolumes(new com.github.dockerjava.api.model.Volume("/var"))
                        .getHostConfig()
                        .withCapAdd(capabilities)
                        .withSecurityOpts(List.of("seccomp=unconfined", "apparmor=unconfined"))
                        .withBinds(binds));
        container.start();
        Machine machine = new Machine(container);
        machine.awaitInit();
        return machine;
    }

    private static boolean known(Capability capability) {
        return switch (capability.name()) {
            case "BPF", "PERFMON", "CHECKPOINT_RESTORE" -> false;
            default -> true;
        };
    }

    private void awaitInit() {
        Eventually.holds(Duration.ofMinutes(3), "systemd came up", () -> {
            String state = run("systemctl", "is-system-running").output().strip();
            return state.equals("running") || state.equals("degraded")
                    ? Optional.empty()
                    : Optional.of(state + "\n" + container.getLogs());
        });
    }

    /** Runs a program on the machine to its end. */
    Shell.Result run(String... command) {
        try {
            Container.ExecResult result = container.execInContainer(command);
            return new Shell.Result(result.getExitCode(), result.getStdout() + result.getStderr());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What the daemons on the machine logged last. */
    String logs() {
        return run("journalctl", "--no-pager", "--lines=300", "--unit=argosy-*").output();
    }

    String must(String... command) {
        return run(command).orThrow(List.of(command));
    }

    String sh(String script) {
        return must("sh", "-c", script);
    }

    void copyTo(Path file, String target) {
        container.copyFileToContainer(org.testcontainers.utility.MountableFile.forHostPath(file), target);
    }

    String address() {
        return container
                .getContainerInfo()
                .getNetworkSettings()
                .getNetworks()
                .values()
                .iterator()
                .next()
                .getIpAddress();
    }

    @Override
    public void close() {
        container.stop();
    }
}
