package io.argosy.kubelet.status;

import io.argosy.kubelet.pod.ContainerKind;
import io.argosy.kubelet.pod.ObservedContainer;
import io.argosy.kubelet.pod.ObservedPod;
import io.argosy.kubelet.pod.PodView;
import io.argosy.kubelet.pod.RestartRules;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.ContainerUserBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The status of each container of a pod, as the API shows it. Pure; readiness is added by {@link PodStatuses}. */
final class ContainerStatuses {

    private static final int KILLED = 137;

    private final Pod pod;
    private final ObservedPod observed;
    private final Map<String, StartFailure> failures;
    private final String runtimeName;

    ContainerStatuses(Pod pod, ObservedPod observed, Map<String, StartFailure> failures, String runtimeName) {
        this.pod = pod;
        this.observed = observed;
        this.failures = failures;
        this.runtimeName = runtimeName;
    }

    List<ContainerStatus> mains(List<ContainerStatus> before) {
        return sorted(all(PodView.mains(pod), before, false));
    }

    List<ContainerStatus> ephemerals(List<ContainerStatus> before) {
        return sorted(all(PodView.ephemerals(pod), before, false));
    }

    List<ContainerStatus> inits(List<ContainerStatus> before) {
        return all(PodView.inits(pod), before, true);
    }

    private static List<ContainerStatus> sorted(List<ContainerStatus> statuses) {
        return statuses.stream()
                .sorted(Comparator.comparing(ContainerStatus::getName))
                .toList();
    }

    private List<ContainerStatus> all(List<Container> containers, List<ContainerStatus> before, boolean init) {
        List<ContainerStatus> out = new ArrayList<>();
        for (Container container : containers) {
            out.add(one(container, PodPhases.named(PodView.orEmpty(before), container.getName()), init));
        }
        return out;
    }

    private ContainerStatus one(Container container, Optional<ContainerStatus> before, boolean init) {
        List<ObservedContainer> history =
                observed.history(container.getName()).limit(2).toList();
        ContainerStatus status =
                history.isEmpty() ? unseen(container, before) : seen(container, history.getFirst(), before);
        if (history.size() > 1) {
            status.setLastState(state(history.get(1), before));
        }
        if (init && finishedInit(container, status, history)) {
            return status;
        }
        StartFailure failure = failures.get(container.getName());
        if (failure != null && RestartRules.shouldStart(pod, container, observed)) {
            if (status.getState().getTerminated() != null) {
                status.setLastState(status.getState());
            }
            status.setState(waiting(failure.reason(), failure.message()));
        }
        return status;
    }

    /** Whether an init container has done its work; when the runtime has forgotten it, that is told as such. */
    private boolean finishedInit(Container container, ContainerStatus status, List<ObservedContainer> history) {
        if (!history.isEmpty()) {
            return history.getFirst().succeeded();
        }
        boolean mainCreated = PodView.mains(pod).stream()
                .anyMatch(c -> observed.newest(c.getName()).isPresent());
        if (mainCreated && !PodView.isSidecar(container) && status.getState().getWaiting() != null) {
            status.setState(terminated(
                    0,
                    "Completed",
                    "Unable to get init container status from container runtime and pod has been initialized, treat"
                            + " it as exited normally"));
            return true;
        }
        return false;
    }

    private ContainerStatus unseen(Container container, Optional<ContainerStatus> before) {
        if (before.isPresent()
                && before.get().getState() != null
                && before.get().getState().getTerminated() != null) {
            return new ContainerStatusBuilder(before.get()).build();
        }
        ContainerStatus status = new ContainerStatusBuilder()
                .withName(container.getName())
                .withImage(container.getImage())
                .withImageID("")
                .withRestartCount(before.map(ContainerStatus::getRestartCount).orElse(0))
                .withState(waiting(PodView.inits(pod).isEmpty() ? "ContainerCreating" : "PodInitializing", ""))
                .withLastState(before.map(ContainerStatus::getLastState).orElseGet(ContainerState::new))
                .withVolumeMounts(mounts(container))
                .build();
        boolean ranBefore = before.map(ContainerStatus::getState)
                .map(ContainerState::getRunning)
                .isPresent();
        if (ranBefore && status.getLastState().getTerminated() == null) {
            status.setLastState(terminated(
                    KILLED,
                    "ContainerStatusUnknown",
                    "The container could not be located when the pod was deleted.  The container used to be Running"));
            if (!PodView.isDeleted(pod)) {
                status.setRestartCount(status.getRestartCount() + 1);
            }
        }
        return status;
    }

    private ContainerStatus seen(Container container, ObservedContainer seen, Optional<ContainerStatus> before) {
        ContainerStatusBuilder status = new ContainerStatusBuilder()
                .withName(container.getName())
                .withImage(seen.image())
                .withImageID(seen.imageRef())
                .withContainerID(containerId(seen))
                .withRestartCount(seen.attempt())
                .withState(state(seen, before))
                .withLastState(new ContainerState())
                .withVolumeMounts(mounts(container));
        if (container.getResources() != null) {
            Map<String, ?> requests = PodView.orEmpty(container.getResources().getRequests());
            if (!requests.isEmpty()) {
                status.withAllocatedResources(container.getResources().getRequests());
            }
            if (PodView.kind(pod, container.getName()).orElse(ContainerKind.MAIN) != ContainerKind.EPHEMERAL) {
                status.withResources(ActualResources.of(container.getResources(), seen));
            }
        }
        seen.user()
                .ifPresent(u -> status.withUser(new ContainerUserBuilder()
                        .withNewLinux()
                        .withUid(u.uid())
                        .withGid(u.gid())
                        .withSupplementalGroups(u.supplementalGroups())
                        .endLinux()
                        .build()));
        before.ifPresent(old -> carryOver(status, old, seen));
        return status.build();
    }

    /** What was known of the container before this one, for when the runtime no longer has it. */
    private void carryOver(ContainerStatusBuilder status, ContainerStatus old, ObservedContainer seen) {
        if (old.getRestartCount() != null && old.getRestartCount() > seen.attempt()) {
            status.withRestartCount(old.getRestartCount());
        }
        ContainerStateTerminated ended =
                old.getState() == null ? null : old.getState().getTerminated();
        if (ended != null && !containerId(seen).equals(old.getContainerID())) {
            status.withLastState(
                    new ContainerStateBuilder().withTerminated(ended).build());
        } else if (old.getLastState() != null && old.getLastState().getTerminated() != null) {
            status.withLastState(old.getLastState());
        }
    }

    private ContainerState state(ObservedContainer seen, Optional<ContainerStatus> before) {
        return switch (seen.state()) {
            case RUNNING ->
                new ContainerStateBuilder()
                        .withNewRunning(time(seen.startedAt().orElse(seen.createdAt())))
                        .build();
            case EXITED -> {
                ContainerState state = terminated(seen.exitCode(), seen.reason(), seen.message());
                seen.startedAt().ifPresent(t -> state.getTerminated().setStartedAt(time(t)));
                seen.finishedAt().ifPresent(t -> state.getTerminated().setFinishedAt(time(t)));
                state.getTerminated().setContainerID(containerId(seen));
                yield state;
            }
            case CREATED -> waiting("", "");
            case UNKNOWN ->
                before.filter(b -> b.getState() != null && b.getState().getRunning() != null)
                        .map(b -> terminated(
                                KILLED,
                                "ContainerStatusUnknown",
                                "The container could not be located when the pod was terminated"))
                        .orElseGet(() -> waiting("", ""));
        };
    }

    private String containerId(ObservedContainer seen) {
        return runtimeName + "://" + seen.id();
    }

    private static List<VolumeMountStatus> mounts(Container container) {
        List<VolumeMountStatus> out = new ArrayList<>();
        for (VolumeMount mount : PodView.orEmpty(container.getVolumeMounts())) {
            VolumeMountStatus status = new VolumeMountStatus();
            status.setName(mount.getName());
            status.setMountPath(mount.getMountPath());
            if (Boolean.TRUE.equals(mount.getReadOnly())) {
                status.setReadOnly(true);
                status.setRecursiveReadOnly("Disabled");
            }
            out.add(status);
        }
        return out;
    }

    private static ContainerState waiting(String reason, String message) {
        ContainerStateBuilder state =
                new ContainerStateBuilder().withNewWaiting().endWaiting();
        ContainerState built = state.build();
        if (!reason.isEmpty()) {
            built.getWaiting().setReason(reason);
        }
        if (!message.isEmpty()) {
            built.getWaiting().setMessage(message);
        }
        return built;
    }

    private static ContainerState terminated(int exitCode, String reason, String message) {
        ContainerState state = new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(exitCode)
                .endTerminated()
                .build();
        if (!reason.isEmpty()) {
            state.getTerminated().setReason(reason);
        }
        if (!message.isEmpty()) {
            state.getTerminated().setMessage(message);
        }
        return state;
    }

    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
