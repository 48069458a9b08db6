package io.argosy.kubelet.cri;

import io.argosy.kubelet.cri.v1.AttachRequest;
import io.argosy.kubelet.cri.v1.AuthConfig;
import io.argosy.kubelet.cri.v1.Container;
import io.argosy.kubelet.cri.v1.ContainerConfig;
import io.argosy.kubelet.cri.v1.ContainerFilter;
import io.argosy.kubelet.cri.v1.ContainerState;
import io.argosy.kubelet.cri.v1.ContainerStats;
import io.argosy.kubelet.cri.v1.ContainerStatus;
import io.argosy.kubelet.cri.v1.ExecRequest;
import io.argosy.kubelet.cri.v1.ExecSyncResponse;
import io.argosy.kubelet.cri.v1.FilesystemUsage;
import io.argosy.kubelet.cri.v1.Image;
import io.argosy.kubelet.cri.v1.ImageSpec;
import io.argosy.kubelet.cri.v1.LinuxContainerResources;
import io.argosy.kubelet.cri.v1.PodSandbox;
import io.argosy.kubelet.cri.v1.PodSandboxConfig;
import io.argosy.kubelet.cri.v1.PodSandboxFilter;
import io.argosy.kubelet.cri.v1.PodSandboxNetworkStatus;
import io.argosy.kubelet.cri.v1.PodSandboxState;
import io.argosy.kubelet.cri.v1.PodSandboxStatus;
import io.argosy.kubelet.cri.v1.PortForwardRequest;
import io.argosy.kubelet.cri.v1.StatusResponse;
import io.argosy.kubelet.cri.v1.VersionResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A container runtime in memory: containers run until they are stopped or {@link #exit} ends them. Thread-safe. */
public final class FakeRuntime implements ContainerRuntime {

    private final Map<String, PodSandboxStatus> sandboxes = new LinkedHashMap<>();
    private final Map<String, ContainerStatus> containers = new LinkedHashMap<>();
    private final Map<String, String> sandboxOf = new LinkedHashMap<>();
    private final List<String> calls = new ArrayList<>();
    private long made;

    /** Every change that was asked for, in order, such as {@code start app-1}. */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** Blocks until something holds that changes with the calls. */
    public synchronized void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("not reached; calls=" + calls);
            }
            wait(Math.min(left, 20));
        }
    }

    /** The process of a container ends by itself. */
    public synchronized void exit(String id, int code) {
        ContainerStatus status = containers.get(id);
        containers.put(
                id,
                status.toBuilder()
                        .setState(ContainerState.CONTAINER_EXITED)
                        .setFinishedAt(++made)
                        .setExitCode(code)
                        .build());
        notifyAll();
    }

    private void called(String call) {
        calls.add(call);
        notifyAll();
    }

    @Override
    public VersionResponse version() {
        return VersionResponse.newBuilder().setRuntimeName("fake").build();
    }

    @Override
    public StatusResponse status(boolean verbose) {
        return StatusResponse.getDefaultInstance();
    }

    @Override
    public synchronized String runPodSandbox(PodSandboxConfig config, String runtimeHandler) {
        String id = "sandbox-" + config.getMetadata().getAttempt();
        sandboxes.put(
                id,
                PodSandboxStatus.newBuilder()
                        .setId(id)
                        .setMetadata(config.getMetadata())
                        .setState(PodSandboxState.SANDBOX_READY)
                        .setCreatedAt(++made)
                        .setNetwork(PodSandboxNetworkStatus.newBuilder().setIp("10.0.0.1"))
                        .putAllLabels(config.getLabelsMap())
                        .build());
        called("run " + id);
        return id;
    }

    @Override
    public synchronized void stopPodSandbox(String id) {
        PodSandboxStatus status = sandboxes.get(id);
        if (status != null && status.getState() == PodSandboxState.SANDBOX_READY) {
            sandboxes.put(
                    id,
                    status.toBuilder()
                            .setState(PodSandboxState.SANDBOX_NOTREADY)
                            .build());
            called("stop " + id);
        }
    }

    @Override
    public synchronized void removePodSandbox(String id) {
        sandboxes.remove(id);
        called("remove " + id);
    }

    @Override
    public synchronized Optional<PodSandboxStatus> podSandboxStatus(String id) {
        return Optional.ofNullable(sandboxes.get(id));
    }

    @Override
    public synchronized List<PodSandbox> listPodSandboxes(PodSandboxFilter filter) {
        return sandboxes.values().stream()
                .filter(s -> s.getLabelsMap()
                        .entrySet()
                        .containsAll(filter.getLabelSelectorMap().entrySet()))
                .map(s -> PodSandbox.newBuilder()
                        .setId(s.getId())
                        .setMetadata(s.getMetadata())
                        .setState(s.getState())
                        .putAllLabels(s.getLabelsMap())
                        .build())
                .toList();
    }

    @Override
    public synchronized String createContainer(String sandboxId, ContainerConfig config, PodSandboxConfig sandbox) {
        String id = config.getMetadata().getName() + "-" + config.getMetadata().getAttempt();
        containers.put(
                id,
                ContainerStatus.newBuilder()
                        .setId(id)
                        .setMetadata(config.getMetadata())
                        .setState(ContainerState.CONTAINER_CREATED)
                        .setCreatedAt(++made)
                        .setImage(config.getImage())
                        .setImageRef(config.getImage().getImage())
                        .putAllLabels(config.getLabelsMap())
                        .putAllAnnotations(config.getAnnotationsMap())
                        .build());
        sandboxOf.put(id, sandboxId);
        called("create " + id);
        return id;
    }

    @Override
    public synchronized void startContainer(String id) {
        containers.put(
                id,
                containers.get(id).toBuilder()
                        .setState(ContainerState.CONTAINER_RUNNING)
                        .setStartedAt(++made)
                        .build());
        called("start " + id);
    }

    @Override
    public synchronized void stopContainer(String id, Duration grace) {
        if (containers.get(id).getState() == ContainerState.CONTAINER_RUNNING) {
            exit(id, 137);
        }
        called("stop " + id + " " + grace.toSeconds());
    }

    @Override
    public synchronized void removeContainer(String id) {
        containers.remove(id);
        called("remove " + id);
    }

    @Override
    public synchronized List<Container> listContainers(ContainerFilter filter) {
        return containers.values().stream()
                .filter(c -> c.getLabelsMap()
                        .entrySet()
                        .containsAll(filter.getLabelSelectorMap().entrySet()))
                .map(c -> Container.newBuilder()
                        .setId(c.getId())
                        .setPodSandboxId(sandboxOf.get(c.getId()))
                        .setMetadata(c.getMetadata())
                        .setState(c.getState())
                        .putAllLabels(c.getLabelsMap())
                        .build())
                .toList();
    }

    @Override
    public synchronized Optional<ContainerStatus> containerStatus(String id) {
        return Optional.ofNullable(containers.get(id));
    }

    @Override
    public synchronized void updateContainerResources(String id, LinuxContainerResources resources) {
        called("update " + id + " " + resources.getCpuQuota() + " " + resources.getMemoryLimitInBytes());
    }

    @Override
    public void reopenContainerLog(String id) {}

    @Override
    public ExecSyncResponse execSync(String id, List<String> command, Duration timeout) {
        return ExecSyncResponse.getDefaultInstance();
    }

    @Override
    public String exec(ExecRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String attach(AttachRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String portForward(PortForwardRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<ContainerStats> listContainerStats() {
        return List.of();
    }

    @Override
    public List<Image> listImages() {
        return List.of();
    }

    @Override
    public Optional<Image> imageStatus(ImageSpec image) {
        return Optional.of(
                Image.newBuilder().setId("sha256:" + image.getImage()).build());
    }

    @Override
    public String pullImage(ImageSpec image, Optional<AuthConfig> credentials, PodSandboxConfig sandbox) {
        return "sha256:" + image.getImage();
    }

    @Override
    public void removeImage(ImageSpec image) {}

    @Override
    public List<FilesystemUsage> imageFilesystems() {
        return List.of();
    }
}
