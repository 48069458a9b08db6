package io.argosy.kubelet.pod;

import io.argosy.kubelet.container.ContainerHash;
import io.argosy.kubelet.pod.PodPlan.Kill;
import io.argosy.kubelet.pod.PodPlan.KillReason;
import io.argosy.kubelet.pod.PodPlan.Start;
import io.argosy.kubelet.pod.ProbeVerdicts.Verdict;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what a pod that shall run needs next. A pure function of the pod, of what the runtime has of it, and of what
 * the probes said; it knows nothing of back-off, which only delays the starts it asks for.
 */
final class PodPlanner {

    private final Pod pod;
    private final ObservedPod observed;
    private final ProbeVerdicts probes;
    private final Set<String> resized;
    private final List<Kill> kills = new ArrayList<>();
    private final List<Start> starts = new ArrayList<>();

    private PodPlanner(Pod pod, ObservedPod observed, ProbeVerdicts probes, Set<String> resized) {
        this.pod = pod;
        this.observed = observed;
        this.probes = probes;
        this.resized = resized;
    }

    /** @param resized names of containers that have to start anew to get other resources */
    static PodPlan plan(Pod pod, ObservedPod observed, ProbeVerdicts probes, Set<String> resized) {
        SandboxNeed need = SandboxNeed.of(pod, observed);
        PodPlanner planner = new PodPlanner(pod, observed, probes, resized);
        return switch (need) {
            case SandboxNeed.Keep(String id) -> planner.withSandbox(id);
            case SandboxNeed.Make(int attempt, boolean stopOld) -> planner.withoutSandbox(attempt, stopOld);
        };
    }

    private PodPlan withoutSandbox(int attempt, boolean stopOld) {
        if (attempt != 0
                && !observed.containers().isEmpty()
                && PodView.mains(pod).stream().noneMatch(c -> RestartRules.restartsAfterFailure(pod, c))) {
            return new PodPlan.StopAll();
        }
        List<Start> mains = PodView.mains(pod).stream()
                .filter(this::mayRunAgain)
                .map(c -> new Start(c, ContainerKind.MAIN))
                .toList();
        if (mains.isEmpty() && !PodView.mains(pod).isEmpty()) {
            return new PodPlan.StopAll();
        }
        if (PodView.inits(pod).isEmpty()) {
            return new PodPlan.NewSandbox(attempt, stopOld, mains);
        }
        // The init containers run again, in the new sandbox, from the first one on.
        Container first = PodView.inits(pod).getFirst();
        return new PodPlan.NewSandbox(attempt, stopOld, List.of(new Start(first, initKind(first))));
    }

    private boolean mayRunAgain(Container container) {
        Optional<ObservedContainer> last = observed.newest(container.getName());
        return last.isEmpty()
                || last.get().state() != ObservedContainer.State.EXITED
                || RestartRules.restartsAfter(pod, container, last.get().exitCode());
    }

    private PodPlan withSandbox(String sandboxId) {
        boolean initialized = PodView.mains(pod).stream()
                .anyMatch(c -> observed.newestIn(sandboxId, c.getName()).isPresent());
        InitOutcome inits = planInits(sandboxId, initialized);
        if (inits == InitOutcome.FAILED) {
            return new PodPlan.StopAll();
        }
        if (initialized || inits == InitOutcome.DONE) {
            int kept = planMains();
            if (kept == 0 && starts.stream().noneMatch(s -> s.kind() == ContainerKind.MAIN)) {
                return new PodPlan.StopAll();
            }
            planEphemerals();
        }
        return new PodPlan.Adjust(sandboxId, kills, starts);
    }

    private enum InitOutcome {
        DONE,
        WAITING,
        FAILED
    }

    private InitOutcome planInits(String sandboxId, boolean initialized) {
        List<Container> inits = PodView.inits(pod);
        int reached = lastSeen(inits, sandboxId);
        for (int i = 0; i < inits.size(); i++) {
            Container init = inits.get(i);
            Optional<ObservedContainer> seen = observed.newestIn(sandboxId, init.getName());
            InitOutcome outcome = PodView.isSidecar(init)
                    ? planSidecar(init, seen, initialized)
                    : planInit(init, seen, initialized || i < reached);
            if (outcome == InitOutcome.FAILED || (outcome == InitOutcome.WAITING && !initialized)) {
                return outcome;
            }
        }
        return InitOutcome.DONE;
    }

    /** Init containers before the last one that has run are done, even when the runtime has forgotten them. */
    private int lastSeen(List<Container> inits, String sandboxId) {
        for (int i = inits.size() - 1; i >= 0; i--) {
            if (observed.newestIn(sandboxId, inits.get(i).getName()).isPresent()) {
                return i;
            }
        }
        return -1;
    }

    private InitOutcome planInit(Container init, Optional<ObservedContainer> seen, boolean over) {
        if (over) {
            return InitOutcome.DONE;
        }
        if (seen.isEmpty()) {
            starts.add(new Start(init, ContainerKind.INIT));
            return InitOutcome.WAITING;
        }
        ObservedContainer container = seen.get();
        return switch (container.state()) {
            case RUNNING -> InitOutcome.WAITING;
            case CREATED -> {
                starts.add(new Start(init, ContainerKind.INIT));
                yield InitOutcome.WAITING;
            }
            case UNKNOWN -> {
                kills.add(unknown(container, "Init container is in unknown state, try killing it before restart"));
                starts.add(new Start(init, ContainerKind.INIT));
                yield InitOutcome.WAITING;
            }
            case EXITED -> {
                if (container.exitCode() == 0) {
                    yield InitOutcome.DONE;
                }
                if (!RestartRules.restartsAfter(pod, init, container.exitCode())) {
                    yield InitOutcome.FAILED;
                }
                starts.add(new Start(init, ContainerKind.INIT));
                yield InitOutcome.WAITING;
            }
        };
    }

    private InitOutcome planSidecar(Container sidecar, Optional<ObservedContainer> seen, boolean initialized) {
        if (seen.isEmpty() || !seen.get().running()) {
            seen.filter(c -> c.state() == ObservedContainer.State.UNKNOWN)
                    .ifPresent(c ->
                            kills.add(unknown(c, "Init container is in unknown state, try killing it before restart")));
            starts.add(new Start(sidecar, ContainerKind.SIDECAR));
            return InitOutcome.WAITING;
        }
        ObservedContainer container = seen.get();
        Optional<Kill> kill = reasonToKill(sidecar, container, "Init container");
        if (kill.isPresent()) {
            kills.add(kill.get());
            starts.add(new Start(sidecar, ContainerKind.SIDECAR));
            return InitOutcome.WAITING;
        }
        boolean started = sidecar.getStartupProbe() == null || probes.startup(container.id()) == Verdict.SUCCESS;
        return started || initialized ? InitOutcome.DONE : InitOutcome.WAITING;
    }

    /** Answers how many main containers run and go on. */
    private int planMains() {
        int kept = 0;
        for (Container main : PodView.mains(pod)) {
            Optional<ObservedContainer> seen = observed.newest(main.getName());
            if (seen.isEmpty() || !seen.get().running()) {
                if (RestartRules.shouldStart(pod, main, observed)) {
                    seen.filter(c -> c.state() == ObservedContainer.State.UNKNOWN)
                            .ifPresent(c -> kills.add(unknown(
                                    c,
                                    "Container \"" + main.getName()
                                            + "\" is in unknown state, try killing it before restart")));
                    starts.add(new Start(main, ContainerKind.MAIN));
                }
                continue;
            }
            Optional<Kill> kill = reasonToKill(main, seen.get(), "Container");
            if (kill.isEmpty()) {
                kept++;
                continue;
            }
            boolean again = kill.get().reason() == KillReason.DEFINITION_CHANGED
                    || kill.get().reason() == KillReason.RESIZED
                    || RestartRules.restartsAfterFailure(pod, main);
            if (again) {
                starts.add(new Start(main, ContainerKind.MAIN));
            }
            kills.add(again ? withMessage(kill.get(), kill.get().message() + ", will be restarted") : kill.get());
        }
        // A container that is killed for good still counts: the pod ends when it has ended.
        return kept
                + (int) kills.stream()
                        .filter(k -> starts.stream()
                                .noneMatch(s -> s.container()
                                        .getName()
                                        .equals(k.container().name())))
                        .count();
    }

    private void planEphemerals() {
        for (Container ephemeral : PodView.ephemerals(pod)) {
            if (observed.newest(ephemeral.getName()).isEmpty()) {
                starts.add(new Start(ephemeral, ContainerKind.EPHEMERAL));
            }
        }
    }

    private Optional<Kill> reasonToKill(Container wanted, ObservedContainer container, String noun) {
        if (container.hash().isPresent() && container.hash().get() != ContainerHash.of(wanted)) {
            return Optional.of(new Kill(
                    container, KillReason.DEFINITION_CHANGED, noun + " " + wanted.getName() + " definition changed"));
        }
        if (resized.contains(wanted.getName())) {
            return Optional.of(new Kill(
                    container, KillReason.RESIZED, noun + " " + wanted.getName() + " resize requires restart"));
        }
        if (probes.liveness(container.id()) == Verdict.FAILURE) {
            return Optional.of(new Kill(
                    container, KillReason.LIVENESS_PROBE, noun + " " + wanted.getName() + " failed liveness probe"));
        }
        if (probes.startup(container.id()) == Verdict.FAILURE) {
            return Optional.of(new Kill(
                    container, KillReason.STARTUP_PROBE, noun + " " + wanted.getName() + " failed startup probe"));
        }
        return Optional.empty();
    }

    private static Kill unknown(ObservedContainer container, String message) {
        return new Kill(container, KillReason.UNKNOWN_STATE, message);
    }

    private static Kill withMessage(Kill kill, String message) {
        return new Kill(kill.container(), kill.reason(), message);
    }

    private static ContainerKind initKind(Container init) {
        return PodView.isSidecar(init) ? ContainerKind.SIDECAR : ContainerKind.INIT;
    }
}
