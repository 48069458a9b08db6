package io.argosy.kubelet.pod;

import java.time.Instant;
import java.util.Optional;

/**
 * One container as the runtime tells it.
 *
 * @param attempt how often a container of this name was started in its pod before
 * @param hash what {@code ContainerHash} gave when it was made; empty when the annotation is absent
 * @param startedAt empty before it started
 * @param finishedAt empty while it runs
 * @param image the image as its user named it
 * @param imageRef the image as the runtime identifies it
 */
public record ObservedContainer(
        String id,
        String sandboxId,
        String name,
        int attempt,
        State state,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        int exitCode,
        String reason,
        String message,
        String image,
        String imageRef,
        Optional<Long> hash,
        Optional<User> user,
        Optional<Limits> limits,
        String logPath) {

    /** CRI's states. */
    public enum State {
        CREATED,
        RUNNING,
        EXITED,
        UNKNOWN
    }

    /** Who the container's first process runs as. */
    public record User(long uid, long gid, java.util.List<Long> supplementalGroups) {
        public User {
            supplementalGroups = java.util.List.copyOf(supplementalGroups);
        }
    }

    /** What the runtime has set; zero means no value. */
    public record Limits(long cpuShares, long cpuQuota, long cpuPeriod, long memoryBytes) {}

    public boolean running() {
        return state == State.RUNNING;
    }

    public boolean succeeded() {
        return state == State.EXITED && exitCode == 0;
    }
}
