package io.argosy.kubelet.lifecycle;

import io.argosy.kubelet.cri.ContainerRuntime;
import io.argosy.kubelet.cri.Labels;
import io.argosy.kubelet.cri.v1.Container;
import io.argosy.kubelet.cri.v1.ContainerFilter;
import io.argosy.kubelet.cri.v1.ContainerStatus;
import io.argosy.kubelet.cri.v1.LinuxContainerResources;
import io.argosy.kubelet.cri.v1.NamespaceMode;
import io.argosy.kubelet.cri.v1.PodIP;
import io.argosy.kubelet.cri.v1.PodSandbox;
import io.argosy.kubelet.cri.v1.PodSandboxFilter;
import io.argosy.kubelet.cri.v1.PodSandboxStatus;
import io.argosy.kubelet.pod.ObservedContainer;
import io.argosy.kubelet.pod.ObservedPod;
import io.argosy.kubelet.pod.ObservedSandbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads from the runtime what it has of a pod. Containers without a kubelet's labels do not exist for it. */
public final class RuntimeObserver {

    private final ContainerRuntime runtime;

    public RuntimeObserver(ContainerRuntime runtime) {
        this.runtime = runtime;
    }

    public ObservedPod observe(String uid, String name, String namespace) {
        List<ObservedSandbox> sandboxes = new ArrayList<>();
        for (PodSandbox sandbox : runtime.listPodSandboxes(PodSandboxFilter.newBuilder()
                .putLabelSelector(Labels.POD_UID, uid)
                .build())) {
            runtime.podSandboxStatus(sandbox.getId())
                    .map(RuntimeObserver::sandbox)
                    .ifPresent(sandboxes::add);
        }
        List<ObservedContainer> containers = new ArrayList<>();
        for (Container container : runtime.listContainers(ContainerFilter.newBuilder()
                .putLabelSelector(Labels.POD_UID, uid)
                .build())) {
            runtime.containerStatus(container.getId())
                    .map(s -> container(s, container.getPodSandboxId()))
                    .ifPresent(containers::add);
        }
        return new ObservedPod(uid, name, namespace, sandboxes, containers);
    }

    private static ObservedSandbox sandbox(PodSandboxStatus status) {
        List<String> ips = new ArrayList<>();
        if (!status.getNetwork().getIp().isEmpty()) {
            ips.add(status.getNetwork().getIp());
            for (PodIP more : status.getNetwork().getAdditionalIpsList()) {
                ips.add(more.getIp());
            }
        }
        boolean host = status.getLinux().getNamespaces().getOptions().getNetwork() == NamespaceMode.NODE;
        return new ObservedSandbox(
                status.getId(),
                status.getMetadata().getAttempt(),
                status.getState() == io.argosy.kubelet.cri.v1.PodSandboxState.SANDBOX_READY,
                time(status.getCreatedAt()),
                host,
                host ? List.of() : ips);
    }

    private static ObservedContainer container(ContainerStatus status, String sandboxId) {
        Map<String, String> annotations = status.getAnnotationsMap();
        ObservedContainer.State state = switch (status.getState()) {
            case CONTAINER_CREATED -> ObservedContainer.State.CREATED;
            case CONTAINER_RUNNING -> ObservedContainer.State.RUNNING;
            case CONTAINER_EXITED -> ObservedContainer.State.EXITED;
            default -> ObservedContainer.State.UNKNOWN;
        };
        String message = status.getMessage();
        if (state == ObservedContainer.State.EXITED) {
            message = TerminationMessage.of(
                    status,
                    annotations.getOrDefault(Labels.TERMINATION_PATH, ""),
                    annotations.getOrDefault(Labels.TERMINATION_POLICY, "File"));
        }
        return new ObservedContainer(
                status.getId(),
                sandboxId,
                status.getMetadata().getName(),
                attempt(status),
                state,
                time(status.getCreatedAt()),
                status.getStartedAt() > 0 ? Optional.of(time(status.getStartedAt())) : Optional.empty(),
                status.getFinishedAt() > 0 ? Optional.of(time(status.getFinishedAt())) : Optional.empty(),
                status.getExitCode(),
                reason(status, state),
                message,
                status.getImage().getImage(),
                status.getImageRef(),
                hash(annotations),
                user(status),
                limits(status),
                status.getLogPath());
    }

    private static String reason(ContainerStatus status, ObservedContainer.State state) {
        if (!status.getReason().isEmpty() || state != ObservedContainer.State.EXITED) {
            return status.getReason();
        }
        return status.getExitCode() == 0 ? "Completed" : "Error";
    }

    private static int attempt(ContainerStatus status) {
        try {
            return Integer.parseInt(status.getAnnotationsMap().getOrDefault(Labels.RESTART_COUNT, ""));
        } catch (NumberFormatException e) {
            return status.getMetadata().getAttempt();
        }
    }

    private static Optional<Long> hash(Map<String, String> annotations) {
        try {
            return Optional.ofNullable(annotations.get(Labels.HASH)).map(h -> Long.parseLong(h, 16));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<ObservedContainer.User> user(ContainerStatus status) {
        if (!status.hasUser() || !status.getUser().hasLinux()) {
            return Optional.empty();
        }
        var user = status.getUser().getLinux();
        return Optional.of(new ObservedContainer.User(user.getUid(), user.getGid(), user.getSupplementalGroupsList()));
    }

    private static Optional<ObservedContainer.Limits> limits(ContainerStatus status) {
        if (!status.hasResources() || !status.getResources().hasLinux()) {
            return Optional.empty();
        }
        LinuxContainerResources r = status.getResources().getLinux();
        return Optional.of(new ObservedContainer.Limits(
                r.getCpuShares(), r.getCpuQuota(), r.getCpuPeriod(), r.getMemoryLimitInBytes()));
    }

    private static Instant time(long nanos) {
        return Instant.ofEpochSecond(0, nanos);
    }
}
