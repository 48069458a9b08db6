package io.argosy.kubelet.status;

import io.argosy.kubelet.pod.ObservedPod;
import io.argosy.kubelet.pod.PodView;
import io.argosy.kubelet.pod.ProbeVerdicts;
import io.argosy.kubelet.pod.ProbeVerdicts.Verdict;
import io.argosy.kubelet.pod.QosClass;
import io.argosy.kubelet.pod.SandboxNeed;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HostIP;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Computes the whole status of a pod. Pure. */
public final class PodStatuses {

    /**
     * What a status is computed from.
     *
     * @param pod as the API or a file gives it
     * @param before the status told last, or the pod's own
     * @param resize the conditions of a change of resources that is not finished
     * @param over whether no container will start again
     * @param verdict a phase decided elsewhere (eviction, deadline, refusal), with its reason and message
     */
    public record Inputs(
            Pod pod,
            PodStatus before,
            ObservedPod observed,
            SandboxNeed sandbox,
            ProbeVerdicts probes,
            Map<String, StartFailure> failures,
            List<PodCondition> resize,
            boolean over,
            Optional<Verdicted> verdict,
            List<String> hostIps,
            String runtimeName,
            Instant now) {}

    /** A phase that was decided for the pod as a whole. */
    public record Verdicted(String phase, String reason, String message) {}

    private PodStatuses() {}

    public static PodStatus compute(Inputs in) {
        ContainerStatuses containers = new ContainerStatuses(in.pod(), in.observed(), in.failures(), in.runtimeName());
        PodStatus status = new PodStatus();
        status.setContainerStatuses(containers.mains(in.before().getContainerStatuses()));
        status.setInitContainerStatuses(containers.inits(in.before().getInitContainerStatuses()));
        status.setEphemeralContainerStatuses(containers.ephemerals(in.before().getEphemeralContainerStatuses()));
        status.setQosClass(QosClass.of(in.pod()).apiName());
        addresses(in, status);
        readiness(in, status);
        phase(in, status);
        conditions(in, status);
        status.setObservedGeneration(in.pod().getMetadata().getGeneration());
        String started = in.before().getStartTime();
        status.setStartTime(started != null ? started : ContainerStatuses.time(in.now()));
        carryOver(in.before(), status);
        return status;
    }

    private static void carryOver(PodStatus before, PodStatus status) {
        status.setNominatedNodeName(before.getNominatedNodeName());
        status.setResize(before.getResize());
        status.setResourceClaimStatuses(before.getResourceClaimStatuses());
    }

    private static void addresses(Inputs in, PodStatus status) {
        List<String> ips = new ArrayList<>(in.observed().ips());
        if (PodView.hostNetwork(in.pod()) && ips.isEmpty()) {
            ips.addAll(in.hostIps());
        }
        if (ips.isEmpty() && in.over()) {
            PodView.orEmpty(in.before().getPodIPs()).forEach(ip -> ips.add(ip.getIp()));
        }
        if (!ips.isEmpty()) {
            status.setPodIP(ips.getFirst());
            status.setPodIPs(ips.stream().map(PodIP::new).toList());
        }
        if (!in.hostIps().isEmpty()) {
            status.setHostIP(in.hostIps().getFirst());
            status.setHostIPs(in.hostIps().stream().map(HostIP::new).toList());
        }
    }

    private static void readiness(Inputs in, PodStatus status) {
        for (ContainerStatus s : status.getContainerStatuses()) {
            PodView.container(in.pod(), s.getName()).ifPresent(c -> readinessOfRunning(in, c, s));
        }
        for (ContainerStatus s : status.getEphemeralContainerStatuses()) {
            s.setReady(false);
        }
        for (ContainerStatus s : status.getInitContainerStatuses()) {
            PodView.container(in.pod(), s.getName()).ifPresent(c -> {
                if (PodView.isSidecar(c)) {
                    readinessOfRunning(in, c, s);
                } else {
                    s.setReady(s.getState().getTerminated() != null
                            && s.getState().getTerminated().getExitCode() == 0);
                    s.setStarted(s.getState().getRunning() != null);
                }
            });
        }
    }

    private static void readinessOfRunning(Inputs in, Container container, ContainerStatus status) {
        if (status.getState().getRunning() == null) {
            status.setStarted(false);
            status.setReady(false);
            return;
        }
        String id = status.getContainerID().substring(status.getContainerID().indexOf("://") + 3);
        boolean started = container.getStartupProbe() == null || in.probes().startup(id) == Verdict.SUCCESS;
        status.setStarted(started);
        status.setReady(
                started && (container.getReadinessProbe() == null || in.probes().readiness(id) == Verdict.SUCCESS));
    }

    private static void phase(Inputs in, PodStatus status) {
        List<ContainerStatus> all = new ArrayList<>(status.getContainerStatuses());
        all.addAll(status.getInitContainerStatuses());
        boolean mainStarted = in.observed()
                .readySandbox()
                .map(s -> PodView.mains(in.pod()).stream()
                        .anyMatch(c -> in.observed()
                                .newestIn(s.id(), c.getName())
                                .flatMap(o -> o.startedAt())
                                .isPresent()))
                .orElse(false);
        String phase = PodPhases.phase(in.pod(), all, in.over(), mainStarted);
        String before = Optional.ofNullable(in.before().getPhase()).orElse("");
        if (finished(before)) {
            phase = before;
        }
        if (phase.equals(before)) {
            status.setReason(in.before().getReason());
            status.setMessage(in.before().getMessage());
        }
        if (in.verdict().isPresent() && !finished(before)) {
            phase = in.verdict().get().phase();
            status.setReason(in.verdict().get().reason());
            status.setMessage(in.verdict().get().message());
        }
        status.setPhase(phase);
    }

    private static void conditions(Inputs in, PodStatus status) {
        List<PodCondition> out = new ArrayList<>();
        if (in.pod().getStatus() != null) {
            for (PodCondition c : PodView.orEmpty(in.pod().getStatus().getConditions())) {
                if (!PodConditions.OWNED.contains(c.getType())) {
                    out.add(c);
                }
            }
        }
        for (PodCondition c : PodView.orEmpty(in.before().getConditions())) {
            if (c.getType().equals(PodConditions.DISRUPTION)
                    && out.stream().noneMatch(o -> o.getType().equals(c.getType()))) {
                out.add(c);
            }
        }
        List<ContainerStatus> all = new ArrayList<>(status.getInitContainerStatuses());
        all.addAll(status.getContainerStatuses());
        PodCondition containersReady = PodConditions.containersReady(in.pod(), all, status.getPhase());
        List<PodCondition> own = new ArrayList<>(in.resize());
        own.addAll(List.of(
                PodConditions.condition(PodConditions.READY_TO_START, in.sandbox() instanceof SandboxNeed.Keep, "", ""),
                PodConditions.initialized(in.pod(), all, status.getPhase()),
                PodConditions.ready(in.pod(), containersReady, out),
                containersReady,
                PodConditions.condition(PodConditions.SCHEDULED, true, "", "")));
        for (PodCondition c : own) {
            c.setObservedGeneration(in.pod().getMetadata().getGeneration());
            c.setLastTransitionTime(transition(in, c));
            out.add(c);
        }
        status.setConditions(out);
    }

    private static String transition(Inputs in, PodCondition condition) {
        return PodView.orEmpty(in.before().getConditions()).stream()
                .filter(old -> old.getType().equals(condition.getType())
                        && old.getStatus().equals(condition.getStatus())
                        && old.getLastTransitionTime() != null)
                .map(PodCondition::getLastTransitionTime)
                .findFirst()
                .orElseGet(() -> ContainerStatuses.time(in.now()));
    }

    private static boolean finished(String phase) {
        return phase.equals("Succeeded") || phase.equals("Failed");
    }
}
