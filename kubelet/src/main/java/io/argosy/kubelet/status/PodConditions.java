package io.argosy.kubelet.status;

import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodReadinessGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The conditions that a kubelet owns. Pure; times are filled in by {@link PodStatuses}. */
final class PodConditions {

    static final String READY_TO_START = "PodReadyToStartContainers";
    static final String INITIALIZED = "Initialized";
    static final String READY = "Ready";
    static final String CONTAINERS_READY = "ContainersReady";
    static final String SCHEDULED = "PodScheduled";
    static final String DISRUPTION = "DisruptionTarget";
    static final Set<String> RESIZE = Set.of("PodResizePending", "PodResizeInProgress");
    static final Set<String> OWNED = Set.of(
            READY_TO_START,
            INITIALIZED,
            READY,
            CONTAINERS_READY,
            SCHEDULED,
            "PodResizePending",
            "PodResizeInProgress",
            "AllContainersRestarting");

    private PodConditions() {}

    static PodCondition condition(String type, boolean status, String reason, String message) {
        PodCondition condition = new PodCondition();
        condition.setType(type);
        condition.setStatus(status ? "True" : "False");
        if (!reason.isEmpty()) {
            condition.setReason(reason);
        }
        if (!message.isEmpty()) {
            condition.setMessage(message);
        }
        return condition;
    }

    static PodCondition initialized(Pod pod, List<ContainerStatus> statuses, String phase) {
        List<String> unknown = new ArrayList<>();
        List<String> incomplete = new ArrayList<>();
        for (Container init : PodView.inits(pod)) {
            Optional<ContainerStatus> status = PodPhases.named(statuses, init.getName());
            if (status.isEmpty()) {
                unknown.add(init.getName());
            } else if (!done(init, status.get())) {
                incomplete.add(init.getName());
            }
        }
        if (phase.equals("Succeeded") && unknown.isEmpty()) {
            return condition(INITIALIZED, true, "PodCompleted", "");
        }
        if (anyMainStarted(pod, statuses)) {
            return condition(INITIALIZED, true, "", "");
        }
        String message = lists(Map.entry("unknown", unknown), Map.entry("incomplete", incomplete));
        return message.isEmpty()
                ? condition(INITIALIZED, true, "", "")
                : condition(INITIALIZED, false, "ContainersNotInitialized", message);
    }

    private static boolean done(Container init, ContainerStatus status) {
        return PodView.isSidecar(init)
                ? Boolean.TRUE.equals(status.getStarted())
                : Boolean.TRUE.equals(status.getReady());
    }

    private static boolean anyMainStarted(Pod pod, List<ContainerStatus> statuses) {
        return PodView.mains(pod).stream()
                .flatMap(c -> PodPhases.named(statuses, c.getName()).stream())
                .anyMatch(s -> s.getState().getRunning() != null
                        || s.getState().getTerminated() != null
                        || (s.getLastState() != null && s.getLastState().getTerminated() != null));
    }

    static PodCondition containersReady(Pod pod, List<ContainerStatus> statuses, String phase) {
        List<String> unknown = new ArrayList<>();
        List<String> unready = new ArrayList<>();
        List<Container> counted = new ArrayList<>(
                PodView.inits(pod).stream().filter(PodView::isSidecar).toList());
        counted.addAll(PodView.mains(pod));
        for (Container container : counted) {
            Optional<ContainerStatus> status = PodPhases.named(statuses, container.getName());
            if (status.isEmpty()) {
                unknown.add(container.getName());
            } else if (!Boolean.TRUE.equals(status.get().getReady())) {
                unready.add(container.getName());
            }
        }
        if (phase.equals("Succeeded") && unknown.isEmpty()) {
            return condition(CONTAINERS_READY, false, "PodCompleted", "");
        }
        if (phase.equals("Failed")) {
            return condition(CONTAINERS_READY, false, "PodFailed", "");
        }
        String message = lists(Map.entry("unknown", unknown), Map.entry("unready", unready));
        return message.isEmpty()
                ? condition(CONTAINERS_READY, true, "", "")
                : condition(CONTAINERS_READY, false, "ContainersNotReady", message);
    }

    static PodCondition ready(Pod pod, PodCondition containersReady, List<PodCondition> present) {
        if (!containersReady.getStatus().equals("True")) {
            return condition(
                    READY,
                    false,
                    Optional.ofNullable(containersReady.getReason()).orElse(""),
                    Optional.ofNullable(containersReady.getMessage()).orElse(""));
        }
        List<String> messages = new ArrayList<>();
        for (PodReadinessGate gate : PodView.orEmpty(pod.getSpec().getReadinessGates())) {
            String type = gate.getConditionType();
            Optional<PodCondition> found =
                    present.stream().filter(c -> c.getType().equals(type)).findFirst();
            if (found.isEmpty()) {
                messages.add("corresponding condition of pod readiness gate \"" + type + "\" does not exist.");
            } else if (!found.get().getStatus().equals("True")) {
                messages.add("the status of pod readiness gate \"" + type + "\" is not \"True\", but "
                        + found.get().getStatus());
            }
        }
        return messages.isEmpty()
                ? condition(READY, true, "", "")
                : condition(READY, false, "ReadinessGatesNotReady", String.join(", ", messages));
    }

    @SafeVarargs
    private static String lists(Map.Entry<String, List<String>>... kinds) {
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, List<String>> kind : kinds) {
            if (!kind.getValue().isEmpty()) {
                parts.add("containers with " + kind.getKey() + " status: [" + String.join(" ", kind.getValue()) + "]");
            }
        }
        return String.join(", ", parts);
    }
}
