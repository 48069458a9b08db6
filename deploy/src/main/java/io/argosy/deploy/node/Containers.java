package io.argosy.deploy.node;

import io.argosy.deploy.host.Command;
import io.argosy.deploy.host.Processes;
import io.argosy.deploy.host.Waiting;
import io.argosy.deploy.image.Ctr;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The containers of this node's own containerd, and what they leave behind in the kernel. */
public final class Containers {

    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    private final Layout layout;
    private final Ctr ctr;

    public Containers(Layout layout) {
        this.layout = layout;
        this.ctr = new Ctr(layout.containerdSocket());
    }

    /** Kills every task, removes every container, then the network namespaces and links of their sandboxes. */
    public int endAll() {
        List<String> ids = List.of();
        if (Files.exists(layout.containerdSocket())) {
            ids = ctr.words("tasks", "ls", "-q");
            ids.forEach(this::kill);
            Waiting.until(KILL_LIMIT, this::stillRunning);
            ids.forEach(id -> ctr.run("tasks", "delete", id));
            ctr.words("containers", "ls", "-q").forEach(id -> ctr.run("containers", "delete", id));
        }
        endShims();
        removeNetworkNamespaces();
        return ids.size();
    }

    /**
     * Its first process, with which its process ids' namespace ends; then what shares the machine's ids. The second finds its
     * processes by their cgroup, and misses those that systemd moved out of it.
     */
    private void kill(String id) {
        ctr.run("tasks", "kill", "--signal", "SIGKILL", id);
        ctr.run("tasks", "kill", "--all", "--signal", "SIGKILL", id);
    }

    private Optional<String> stillRunning() {
        return ctr.run("tasks", "ls")
                .output()
                .lines()
                .filter(line -> line.endsWith("RUNNING"))
                .findFirst();
    }

    private void endShims() {
        String address = layout.containerdSocket().toString();
        ProcessHandle.allProcesses()
                .filter(process -> Processes.runs(OptionalLong.of(process.pid()), "containerd-shim")
                        && Processes.runs(OptionalLong.of(process.pid()), address))
                .forEach(process -> Processes.terminate(OptionalLong.of(process.pid()), Duration.ofSeconds(5)));
    }

    /** Those that hold an address of ours: the CNI plugin's store names them no more than the links on our bridge do. */
    private void removeNetworkNamespaces() {
        Path folder = Path.of("/run/netns");
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> namespaces = Files.list(folder)) {
            for (Path namespace : namespaces.toList()) {
                String name = String.valueOf(namespace.getFileName());
                if (name.startsWith("cni-") && hasOurAddress(name)) {
                    Command.run("ip", "netns", "delete", name);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasOurAddress(String namespace) {
        return Command.run("ip", "-n", namespace, "-4", "-o", "address", "show", "dev", "eth0")
                .output()
                .contains("inet 10.244.");
    }
}
