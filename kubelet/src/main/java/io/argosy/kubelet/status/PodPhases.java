package io.argosy.kubelet.status;

import io.argosy.kubelet.pod.PodView;
import io.argosy.kubelet.pod.RestartRules;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;

/** The phase of a pod, computed from the states of its containers. Pure. */
final class PodPhases {

    private int pendingInits;
    private int pendingSidecars;
    private boolean initFailedForGood;
    private int unknown;
    private int running;
    private int waiting;
    private int stopped;
    private int stoppedForGood;
    private int succeeded;

    private PodPhases() {}

    /**
     * @param over no container will start again, whatever the restart policy says
     * @param mainStarted a main container has been started in the present sandbox
     */
    static String phase(Pod pod, List<ContainerStatus> statuses, boolean over, boolean mainStarted) {
        PodPhases counts = new PodPhases();
        for (Container init : PodView.inits(pod)) {
            Optional<ContainerStatus> status = named(statuses, init.getName());
            if (PodView.isSidecar(init)) {
                counts.countSidecar(status);
            } else {
                counts.countInit(pod, init, status);
            }
        }
        for (Container main : PodView.mains(pod)) {
            counts.countMain(pod, main, named(statuses, main.getName()));
        }
        return counts.phase(pod, over, mainStarted);
    }

    private void countInit(Pod pod, Container init, Optional<ContainerStatus> status) {
        Optional<ContainerStateTerminated> end =
                status.flatMap(s -> s.getState().getTerminated() != null
                        ? terminated(s)
                        : s.getState().getWaiting() != null ? lastTerminated(s) : Optional.empty());
        if (end.isEmpty()) {
            pendingInits++;
        } else if (end.get().getExitCode() != 0
                && !RestartRules.restartsAfter(pod, init, end.get().getExitCode())) {
            initFailedForGood = true;
        }
    }

    private void countSidecar(Optional<ContainerStatus> status) {
        if (status.isEmpty()) {
            unknown++;
            return;
        }
        ContainerStatus s = status.get();
        if (s.getState().getRunning() != null) {
            if (!Boolean.TRUE.equals(s.getStarted())) {
                pendingSidecars++;
            }
            running++;
        } else if (s.getState().getWaiting() != null) {
            if (lastTerminated(s).isEmpty()) {
                pendingSidecars++;
                waiting++;
            }
        } else if (s.getState().getTerminated() == null) {
            pendingSidecars++;
            unknown++;
        }
    }

    private void countMain(Pod pod, Container main, Optional<ContainerStatus> status) {
        if (status.isEmpty()) {
            unknown++;
            return;
        }
        ContainerStatus s = status.get();
        if (s.getState().getRunning() != null) {
            running++;
        } else if (s.getState().getTerminated() != null) {
            countEnd(pod, main, s.getState().getTerminated());
            if (s.getState().getTerminated().getExitCode() == 0) {
                succeeded++;
            }
        } else if (s.getState().getWaiting() != null) {
            lastTerminated(s).ifPresentOrElse(end -> countEnd(pod, main, end), () -> waiting++);
        } else {
            unknown++;
        }
    }

    private void countEnd(Pod pod, Container container, ContainerStateTerminated end) {
        stopped++;
        if (!RestartRules.restartsAfter(pod, container, end.getExitCode())) {
            stoppedForGood++;
        }
    }

    private String phase(Pod pod, boolean over, boolean mainStarted) {
        if (initFailedForGood) {
            return "Failed";
        }
        if (pendingInits > 0 || (pendingSidecars > 0 && !mainStarted) || waiting > 0) {
            return "Pending";
        }
        if (running > 0 && unknown == 0) {
            return "Running";
        }
        if (running == 0 && stopped > 0 && unknown == 0) {
            if (over && !PodView.isStatic(pod)) {
                return stopped == succeeded ? "Succeeded" : "Failed";
            }
            if (stopped != stoppedForGood) {
                return "Running";
            }
            return stopped == succeeded ? "Succeeded" : "Failed";
        }
        return "Pending";
    }

    static Optional<ContainerStatus> named(List<ContainerStatus> statuses, String name) {
        return statuses.stream().filter(s -> s.getName().equals(name)).findFirst();
    }

    private static Optional<ContainerStateTerminated> terminated(ContainerStatus s) {
        return Optional.ofNullable(s.getState().getTerminated());
    }

    private static Optional<ContainerStateTerminated> lastTerminated(ContainerStatus s) {
        return Optional.ofNullable(s.getLastState()).map(l -> l.getTerminated());
    }
}
