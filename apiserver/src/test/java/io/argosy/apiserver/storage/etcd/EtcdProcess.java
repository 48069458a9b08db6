package io.argosy.apiserver.storage.etcd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An etcd of the test's own, on free ports, with its data in a temporary folder that goes with it. */
public final class EtcdProcess implements AutoCloseable {

    private static final Duration START_TIME = Duration.ofSeconds(20);

    private final Path folder;
    private final int port = freePort();
    private final int peerPort = freePort();
    private Process process;

    private EtcdProcess() {
        try {
            folder = Files.createTempDirectory("etcd");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        process = launch();
    }

    public static EtcdProcess start() {
        return new EtcdProcess();
    }

    public int port() {
        return port;
    }

    public EtcdConfig config() {
        return EtcdConfig.plain(List.of(URI.create("http://127.0.0.1:" + port)));
    }

    /** Ends the process as a crash would. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts again on the same data. */
    public void restart() {
        process = launch();
    }

    private Process launch() {
        String client = "http://127.0.0.1:" + port;
        String peer = "http://127.0.0.1:" + peerPort;
        try {
            Process started = new ProcessBuilder(
                            "/usr/bin/etcd",
                            "--data-dir=" + folder.resolve("data"),
                            "--listen-client-urls=" + client,
                            "--advertise-client-urls=" + client,
                            "--listen-peer-urls=" + peer,
                            "--initial-advertise-peer-urls=" + peer,
                            "--initial-cluster=default=" + peer,
                            "--unsafe-no-fsync",
                            "--logger=zap")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("log").toFile()))
                    .start();
            awaitPort(started);
            return started;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void awaitPort(Process started) throws IOException {
        long deadline = System.nanoTime() + START_TIME.toNanos();
        while (System.nanoTime() < deadline && started.isAlive()) {
            try (var socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException refused) {
                Thread.onSpinWait();
            }
        }
        throw new IOException("etcd did not start: " + Files.readString(folder.resolve("log")));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
