package io.argosy.deploy.node;

import io.argosy.deploy.host.Command;
import io.argosy.deploy.host.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The containers of this node's own containerd, and what they leave behind in the kernel. */
public final class Containers {

    private final Layout layout;

    public Containers(Layout layout) {
        this.layout = layout;
    }

    /** Kills every task, removes every container, then the network namespaces and links of their sandboxes. */
    public int endAll() {
        List<String> ids = new ArrayList<>();
        if (Files.exists(layout.containerdSocket())) {
            ids.addAll(words(ctr("tasks", "ls", "-q")));
            ids.forEach(id -> ctr("tasks", "kill", "--all", "--signal", "SIGKILL", id));
            ids.forEach(id -> ctr("tasks", "delete", "--force", id));
            words(ctr("containers", "ls", "-q")).forEach(id -> ctr("containers", "delete", id));
        }
        endShims();
        removeNetworkNamespaces();
        return ids.size();
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

    private String ctr(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("/usr/bin/ctr", "--address", layout.containerdSocket().toString(), "--namespace", "k8s.io"));
        command.addAll(List.of(arguments));
        return Command.run(command, "").output();
    }

    private static List<String> words(String lines) {
        return lines.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
