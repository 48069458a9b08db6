package io.argosy.deploy.image;

import io.argosy.deploy.host.Command;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Images in containerd's {@code k8s.io} namespace, which the kubelet uses, through {@code ctr}. */
public final class ContainerdImages {

    private final Path socket;

    public ContainerdImages(Path socket) {
        this.socket = socket;
    }

    /** Imports all images of an archive; returns their names. */
    public List<String> importArchive(Path archive) {
        String output = ctr("images", "import", archive.toString());
        return output.lines()
                .filter(line -> line.startsWith("unpacking "))
                .map(line -> line.substring("unpacking ".length()).replaceFirst(" \\(.*", ""))
                .toList();
    }

    public List<String> names() {
        return ctr("images", "ls", "-q")
                .lines()
                .filter(name -> !name.startsWith("sha256:"))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
    }

    private String ctr(String... arguments) {
        List<String> command = new java.util.ArrayList<>(
                List.of("/usr/bin/ctr", "--address", socket.toString(), "--namespace", "k8s.io"));
        command.addAll(List.of(arguments));
        return Command.must(command.toArray(String[]::new));
    }
}
