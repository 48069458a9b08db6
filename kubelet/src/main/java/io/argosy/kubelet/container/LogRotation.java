package io.argosy.kubelet.container;

import io.argosy.daemon.clock.Clock;
import io.argosy.kubelet.cri.ContainerRuntime;
import io.argosy.kubelet.cri.Labels;
import io.argosy.kubelet.cri.RuntimeCallException;
import io.argosy.kubelet.cri.v1.Container;
import io.argosy.kubelet.cri.v1.ContainerFilter;
import io.argosy.kubelet.cri.v1.ContainerState;
import io.argosy.kubelet.cri.v1.ContainerStateValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps logs of running containers small: one that has grown too long is renamed, the runtime opens a new one, older ones
 * are compressed, and the oldest removed. A kill at any point loses no line; what is left over is tidied the next time.
 */
public final class LogRotation {

    private static final Logger LOG = LoggerFactory.getLogger(LogRotation.class);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final ContainerRuntime runtime;
    private final Clock clock;
    private final long mostBytes;
    private final int mostFiles;
    private final Duration period;

    public LogRotation(ContainerRuntime runtime, Clock clock, long mostBytes, int mostFiles, Duration period) {
        this.runtime = runtime;
        this.clock = clock;
        this.mostBytes = mostBytes;
        this.mostFiles = mostFiles;
        this.period = period;
    }

    public void run() throws InterruptedException {
        while (mostBytes > 0) {
            try {
                rotateAll();
            } catch (RuntimeCallException e) {
                LOG.debug("cannot look at logs error={}", e.describe());
            }
            clock.sleep(period);
        }
    }

    void rotateAll() {
        ContainerFilter running = ContainerFilter.newBuilder()
                .setState(ContainerStateValue.newBuilder().setState(ContainerState.CONTAINER_RUNNING))
                .build();
        for (Container container : runtime.listContainers(running)) {
            if (!container.getLabelsMap().containsKey(Labels.POD_UID)) {
                continue;
            }
            runtime.containerStatus(container.getId()).ifPresent(status -> {
                try {
                    rotate(container.getId(), Path.of(status.getLogPath()));
                } catch (IOException | RuntimeCallException e) {
                    LOG.warn("log not rotated path={} error={}", status.getLogPath(), e.getMessage());
                }
            });
        }
    }

    private void rotate(String id, Path log) throws IOException {
        if (!Files.exists(log)) {
            // An earlier rotation was cut off between renaming and reopening.
            runtime.reopenContainerLog(id);
            return;
        }
        if (Files.size(log) < mostBytes) {
            return;
        }
        tidy(log);
        Path rotated = log.resolveSibling(log.getFileName() + "." + STAMP.format(clock.instant()));
        Files.move(log, rotated);
        try {
            runtime.reopenContainerLog(id);
        } catch (RuntimeCallException e) {
            // The runtime still writes to the old file under its new name: give it back.
            Files.move(rotated, log);
            throw e;
        }
    }

    /** Compresses all rotated files but the newest, which may still be read, and removes the oldest. */
    private void tidy(Path log) throws IOException {
        String prefix = log.getFileName() + ".";
        List<Path> rotated;
        try (Stream<Path> files = Files.list(log.getParent())) {
            rotated = files.filter(p -> p.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
        for (Path file : rotated) {
            if (file.toString().endsWith(".tmp")) {
                Files.delete(file);
            }
        }
        List<Path> whole =
                rotated.stream().filter(p -> !p.toString().endsWith(".tmp")).toList();
        // The present file and the one it becomes count too.
        int superfluous = Math.max(0, whole.size() - (mostFiles - 2));
        for (Path old : whole.subList(0, superfluous)) {
            Files.deleteIfExists(old);
        }
        for (Path file : whole.subList(superfluous, whole.size())) {
            if (!file.toString().endsWith(".gz")) {
                compress(file);
            }
        }
    }

    private static void compress(Path file) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = new GZIPOutputStream(Files.newOutputStream(unfinished))) {
            in.transferTo(out);
        }
        Files.move(unfinished, file.resolveSibling(file.getFileName() + ".gz"), StandardCopyOption.ATOMIC_MOVE);
        Files.delete(file);
    }
}
