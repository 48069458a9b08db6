package io.argosy.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Docker engine of the tests' own, with its socket, data and bridge: whatever engine the computer may already run is not
 * touched. It ends with this process, after the tests' client has let go of it.
 */
final class DockerEngine {

    static final Path RUN = Path.of("/run/argosy-e2e");
    static final Path SOCKET = RUN.resolve("docker.sock");

    private static final String BRIDGE = "argosy-e2e0";

    /** A private range that clusters do not use. */
    private static final String ADDRESS = "172.31.251.1/24";

    /** What each systemd, kubelet and containerd of a machine takes from. */
    private static final String INOTIFY_INSTANCES = "8192";

    private static final String INOTIFY_WATCHES = "524288";

    private static final Duration START = Duration.ofMinutes(2);

    private DockerEngine() {}

    /** @param data where images stay between runs, so that the base image is built once */
    static void start(Path data) throws IOException {
        Files.createDirectories(RUN);
        Path log = RUN.resolve("engine.log");
        Process engine = new ProcessBuilder(
                        "sh",
                        "-c",
                        Resources.text("engine.sh"),
                        "engine.sh",
                        RUN.toString(),
                        data.toString(),
                        BRIDGE,
                        ADDRESS,
                        INOTIFY_INSTANCES,
                        INOTIFY_WATCHES)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Eventually.holds(START, "dockerd answers", () -> {
            if (!engine.isAlive()) {
                throw new AssertionError("the engine ended: " + read(log) + read(RUN.resolve("docker.log")));
            }
            Shell.Result answer = Shell.run(START, List.of("docker", "version"), environment(), "");
            return answer.exitCode() == 0 ? Optional.empty() : Optional.of(answer.output());
        });
        for (String left : docker(START, "ps", "--all", "--quiet").lines().toList()) {
            docker(START, "rm", "--force", "--volumes", left);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    static Map<String, String> environment() {
        return Map.of("DOCKER_HOST", "unix://" + SOCKET);
    }

    static String docker(Duration limit, String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        return Shell.run(limit, command, environment(), "").orThrow(command);
    }
}
