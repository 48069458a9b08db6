package io.argosy.e2e;

import com.github.dockerjava.api.model.Bind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The host's cgroups as a machine in a container sees them. With split hierarchies each one is bound into a folder of the
 * machine's own, because its systemd makes folders there and remounts it; the unified hierarchy is bound as it is.
 */
final class Cgroups {

    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private Cgroups() {}

    static Map<String, String> temporaryFileSystems() {
        Map<String, String> folders = new HashMap<>(Map.of("/run", "rw,exec,mode=755", "/tmp", "rw,exec"));
        if (!unified()) {
            folders.put(ROOT.toString(), "rw,mode=755");
        }
        return folders;
    }

    static List<Bind> binds() {
        if (unified()) {
            return List.of(Bind.parse(ROOT + ":" + ROOT + ":rw"));
        }
        try (Stream<Path> hierarchies = Files.list(ROOT)) {
            return hierarchies
                    .filter(Files::isDirectory)
                    .filter(hierarchy -> !Files.isSymbolicLink(hierarchy))
                    .map(hierarchy -> Bind.parse(hierarchy + ":" + hierarchy + ":rw"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean unified() {
        return Files.exists(ROOT.resolve("cgroup.controllers"));
    }
}
