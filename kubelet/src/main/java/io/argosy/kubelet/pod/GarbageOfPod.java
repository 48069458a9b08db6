package io.argosy.kubelet.pod;

import io.argosy.kubelet.cri.ContainerRuntime;
import io.argosy.kubelet.cri.RuntimeCallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what a living pod no longer needs: all but the last dead container of each name, and old sandboxes. */
final class GarbageOfPod {

    private static final Logger LOG = LoggerFactory.getLogger(GarbageOfPod.class);
    private static final int DEAD_KEPT = 1;

    private GarbageOfPod() {}

    static void collect(ContainerRuntime runtime, ObservedPod observed) {
        for (ObservedContainer dead : superfluous(observed)) {
            remove(runtime, dead);
        }
        List<ObservedSandbox> sandboxes = observed.sandboxes();
        for (ObservedSandbox old : sandboxes.subList(Math.min(1, sandboxes.size()), sandboxes.size())) {
            boolean empty =
                    observed.containers().stream().noneMatch(c -> c.sandboxId().equals(old.id()));
            if (!old.ready() && empty) {
                quietly(() -> runtime.removePodSandbox(old.id()));
            }
        }
    }

    /** Newest first, the first {@link #DEAD_KEPT} dead ones of each name stay. */
    static List<ObservedContainer> superfluous(ObservedPod observed) {
        Map<String, Integer> kept = new HashMap<>();
        return observed.containers().stream()
                .filter(c -> c.state() == ObservedContainer.State.EXITED)
                .filter(c -> kept.merge(c.name(), 1, Integer::sum) > DEAD_KEPT)
                .toList();
    }

    /** Removes everything of a pod that is gone. */
    static void removeAll(ContainerRuntime runtime, ObservedPod observed) {
        for (ObservedContainer container : observed.containers()) {
            remove(runtime, container);
        }
        for (ObservedSandbox sandbox : observed.sandboxes()) {
            quietly(() -> runtime.stopPodSandbox(sandbox.id()));
            quietly(() -> runtime.removePodSandbox(sandbox.id()));
        }
    }

    private static void remove(ContainerRuntime runtime, ObservedContainer container) {
        quietly(() -> {
            runtime.removeContainer(container.id());
            removeLogs(container);
        });
    }

    private static void removeLogs(ObservedContainer container) {
        if (container.logPath().isEmpty()) {
            return;
        }
        Path log = Path.of(container.logPath());
        if (log.getParent() == null || !Files.isDirectory(log.getParent())) {
            return;
        }
        String prefix = log.getFileName().toString();
        try (Stream<Path> files = Files.list(log.getParent())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.getFileName().toString().startsWith(prefix)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            LOG.warn("cannot remove log path={} error={}", log, e.getMessage());
        }
    }

    private static void quietly(Runnable action) {
        try {
            action.run();
        } catch (RuntimeCallException e) {
            LOG.warn("cannot remove from runtime error={}", e.describe());
        }
    }
}
