package io.argosy.deploy.image;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Images in containerd's {@code k8s.io} namespace, which the kubelet uses, through {@code ctr}. */
public final class ContainerdImages {

    private final Ctr ctr;

    public ContainerdImages(Path socket) {
        this.ctr = new Ctr(socket);
    }

    /** Imports all images of an archive; returns their names. */
    public List<String> importArchive(Path archive) {
        String output = ctr.must("images", "import", archive.toString());
        return output.lines()
                .filter(line -> line.startsWith("unpacking "))
                .map(line -> line.substring("unpacking ".length()).replaceFirst(" \\(.*", ""))
                .toList();
    }

    public List<String> names() {
        return ctr
                .must("images", "ls", "-q")
                .lines()
                .filter(name -> !name.startsWith("sha256:"))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
    }
}
