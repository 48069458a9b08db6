package io.argosy.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A Docker engine of the tests' own, with its socket, data and bridge: whatever engine the machine may already run is not
 * touched. It ends with the tests.
 */
final class DockerEngine implements AutoCloseable {

    static final Path SOCKET = Path.of("/run/argosy-e2e/docker.sock");

    /** Addresses for documentation and tests, RFC 5737 beside: a private range that clusters do not use. */
    private static final String BRIDGE = "argosy-e2e0";

    private static final String ADDRESS = "172.31.251.1/24";
    private static final Duration START = Duration.ofSeconds(60);

    private final Process engine;

    private DockerEngine(Process engine) {
        this.engine = engine;
    }

    /** @param data where images stay between runs, so that the base image is built once */
    static DockerEngine start(Path data) throws IOException, InterruptedException {
        Path run = SOCKET.getParent();
        Files.createDirectories(data);
        Files.createDirectories(run);
        Shell.run(START, List.of("ip", "link", "delete", "dev", BRIDGE), java.util.Map.of(), "");
        Shell.must(START, "ip", "link", "add", "name", BRIDGE, "type", "bridge");
        Shell.must(START, "ip", "address", "add", ADDRESS, "dev", BRIDGE);
        Shell.must(START, "ip", "link", "set", BRIDGE, "up");
        Files.deleteIfExists(run.resolve("docker.pid"));
        Process process = new ProcessBuilder(
                        "dockerd",
                        "--data-root=" + data,
                        "--exec-root=" + run.resolve("exec"),
                        "--host=unix://" + SOCKET,
                        "--pidfile=" + run.resolve("docker.pid"),
                        "--bridge=" + BRIDGE,
                        "--iptables=false",
                        "--ip-masq=false",
                        "--userland-proxy=false")
                .redirectErrorStream(true)
                .redirectOutput(run.resolve("docker.log").toFile())
                .start();
        DockerEngine engine = new DockerEngine(process);
        long end = System.nanoTime() + START.toNanos();
        while (Shell.run(START, List.of("docker", "version"), environment(), "").exitCode() != 0) {
            if (!process.isAlive() || System.nanoTime() > end) {
                engine.close();
                throw new IOException("dockerd did not start: " + Files.readString(run.resolve("docker.log")));
            }
            Thread.sleep(Duration.ofMillis(200));
        }
        return engine;
    }

    static java.util.Map<String, String> environment() {
        return java.util.Map.of("DOCKER_HOST", "unix://" + SOCKET);
    }

    static String docker(Duration limit, String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        return Shell.run(limit, command, environment(), "").orThrow(command);
    }

    @Override
    public void close() {
        engine.destroy();
        try {
            if (!engine.waitFor(START)) {
                engine.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Shell.run(START, List.of("ip", "link", "delete", "dev", BRIDGE), java.util.Map.of(), "");
    }
}
