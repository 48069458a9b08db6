package io.argosy.kubelet.pod;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything the runtime has of one pod, newest first. */
public record ObservedPod(
        String uid,
        String name,
        String namespace,
        List<ObservedSandbox> sandboxes,
        List<ObservedContainer> containers) {

    public ObservedPod {
        sandboxes = sandboxes.stream()
                .sorted(Comparator.comparingInt(ObservedSandbox::attempt)
                        .thenComparing(ObservedSandbox::createdAt)
                        .reversed())
                .toList();
        containers = containers.stream()
                .sorted(Comparator.comparing(ObservedContainer::createdAt).reversed())
                .toList();
    }

    public static ObservedPod nothing(String uid, String name, String namespace) {
        return new ObservedPod(uid, name, namespace, List.of(), List.of());
    }

    /** The newest container of a name, in whichever sandbox. */
    public Optional<ObservedContainer> newest(String containerName) {
        return history(containerName).findFirst();
    }

    public Stream<ObservedContainer> history(String containerName) {
        return containers.stream().filter(c -> c.name().equals(containerName));
    }

    /** The newest container of a name in one sandbox. */
    public Optional<ObservedContainer> newestIn(String sandboxId, String containerName) {
        return history(containerName)
                .filter(c -> c.sandboxId().equals(sandboxId))
                .findFirst();
    }

    /** The newest sandbox, if it is ready. */
    public Optional<ObservedSandbox> readySandbox() {
        return sandboxes.stream().findFirst().filter(ObservedSandbox::ready);
    }

    public List<ObservedContainer> running() {
        return containers.stream().filter(ObservedContainer::running).toList();
    }

    public boolean anythingAlive() {
        return !running().isEmpty() || sandboxes.stream().anyMatch(ObservedSandbox::ready);
    }

    public List<String> ips() {
        return readySandbox().map(ObservedSandbox::ips).orElse(List.of());
    }
}
