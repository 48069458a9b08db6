package io.argosy.kubelet.pod;

import io.argosy.client.events.EventRecorder;
import io.argosy.kubelet.container.ConfigException;
import io.argosy.kubelet.cri.RuntimeCallException;
import io.argosy.kubelet.cri.v1.PodSandboxConfig;
import io.argosy.kubelet.resize.ResizePlan;
import io.argosy.kubelet.status.PodStatuses;
import io.argosy.kubelet.status.PodStatuses.Verdicted;
import io.argosy.kubelet.status.StartFailure;
import io.argosy.kubelet.volume.VolumeException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One idempotent step of one pod: observe, decide, act, tell. Used by the pod's own thread only. */
final class PodStep {

    private static final Logger LOG = LoggerFactory.getLogger(PodStep.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
    private static final Duration FIRST_VOLUME_WAIT = Duration.ofMillis(500);
    private static final Duration MOST_VOLUME_WAIT = Duration.ofSeconds(122);

    /** What a step came to. */
    sealed interface Outcome {

        /** Look again at the latest after so long, or when something happens. */
        record Again(Duration after) implements Outcome {}

        /** The pod has run to its end. */
        record Finished() implements Outcome {}
    }

    private final PodServices services;
    private final ContainerStopper stopper;
    private final ContainerStarter starter;
    private final Resizer resizer;
    private final Backoff restarts;
    private final Map<String, StartFailure> failures = new HashMap<>();
    private Duration volumeWait = FIRST_VOLUME_WAIT;

    PodStep(PodServices services, Backoff restarts) {
        this.services = services;
        this.restarts = restarts;
        this.stopper = new ContainerStopper(services);
        this.resizer = new Resizer(services);
        this.starter = new ContainerStarter(services, stopper);
    }

    ContainerStopper stopper() {
        return stopper;
    }

    Outcome run(Pod wanted) throws InterruptedException {
        ObservedPod observed = observe(wanted);
        Optional<Duration> undecided = resizer.decide(wanted);
        Pod pod = services.allocations().granted(wanted);
        PodStatus status = tell(pod, observed, false, Optional.empty());
        if (finished(status)) {
            return new Outcome.Finished();
        }
        Optional<Outcome> waiting = prepare(pod, observed);
        if (waiting.isPresent()) {
            return waiting.get();
        }
        Map<String, Path> volumes;
        try {
            volumes = services.volumes().mount(pod);
            volumeWait = FIRST_VOLUME_WAIT;
        } catch (VolumeException e) {
            warn(pod, "FailedMount", e.getMessage());
            Duration wait = volumeWait;
            Duration doubled = volumeWait.multipliedBy(2);
            volumeWait = doubled.compareTo(MOST_VOLUME_WAIT) > 0 ? MOST_VOLUME_WAIT : doubled;
            return new Outcome.Again(wait);
        }
        services.probes().add(pod);
        ResizePlan resize = services.allocations().plan(pod, observed);
        PodPlan plan = PodPlanner.plan(pod, observed, services.probes(), resize.restarts());
        Duration next = act(pod, observed, plan, volumes);
        if (undecided.isPresent()) {
            next = shorter(next, undecided.get());
        }
        if (plan instanceof PodPlan.Adjust && !resize.isNothing()) {
            next = shorter(next, resizer.act(pod, resize));
        }
        ObservedPod after = changes(plan) || !resize.isNothing() ? observe(pod) : observed;
        PodStatus told = tell(pod, after, false, Optional.empty());
        if (finished(told)) {
            return new Outcome.Finished();
        }
        GarbageOfPod.collect(services.runtime(), after);
        return new Outcome.Again(next);
    }

    private Optional<Outcome> prepare(Pod pod, ObservedPod observed) {
        if (!PodView.isStatic(pod) && !services.gate().ready()) {
            return Optional.of(new Outcome.Again(Duration.ofMillis(200)));
        }
        Optional<String> network = services.gate().networkProblem();
        if (network.isPresent()
                && !PodView.hostNetwork(pod)
                && observed.readySandbox().isEmpty()) {
            warn(pod, "NetworkNotReady", "network is not ready: " + network.get());
            return Optional.of(new Outcome.Again(Duration.ofSeconds(2)));
        }
        try {
            services.cgroups().ensure(services.allocations().widest(pod));
        } catch (IOException e) {
            warn(pod, "FailedCreatePodContainer", "unable to ensure pod container exists: " + e.getMessage());
            return Optional.of(new Outcome.Again(AFTER_FAILURE));
        }
        try {
            Files.createDirectories(services.volumes().directories().volumes(PodView.uid(pod)));
        } catch (IOException e) {
            warn(pod, "FailedMakePodDataDirectories", "error making pod data directories: " + e.getMessage());
            return Optional.of(new Outcome.Again(AFTER_FAILURE));
        }
        return Optional.empty();
    }

    private static boolean changes(PodPlan plan) {
        return !(plan instanceof PodPlan.Adjust(String id, List<PodPlan.Kill> kills, List<PodPlan.Start> starts))
                || !kills.isEmpty()
                || !starts.isEmpty();
    }

    private static boolean finished(PodStatus status) {
        return "Succeeded".equals(status.getPhase()) || "Failed".equals(status.getPhase());
    }

    ObservedPod observe(Pod pod) {
        return services.observer()
                .observe(
                        PodView.uid(pod),
                        pod.getMetadata().getName(),
                        pod.getMetadata().getNamespace());
    }

    /** Computes the pod's status and hands it on. */
    PodStatus tell(Pod wanted, ObservedPod observed, boolean over, Optional<Verdicted> verdict) {
        Pod pod = services.allocations().granted(wanted);
        PodStatus before = services.statuses()
                .get(PodView.uid(pod))
                .orElseGet(() -> pod.getStatus() == null ? new PodStatus() : pod.getStatus());
        PodStatus status = PodStatuses.compute(new PodStatuses.Inputs(
                pod,
                before,
                observed,
                SandboxNeed.of(pod, observed),
                services.probes(),
                Map.copyOf(failures),
                resizer.conditions(pod, observed),
                over,
                verdict,
                services.node().hostIps(),
                services.runtimeName(),
                services.clock().instant()));
        services.statuses().set(pod, status);
        return status;
    }

    private Duration act(Pod pod, ObservedPod observed, PodPlan plan, Map<String, Path> volumes)
            throws InterruptedException {
        return switch (plan) {
            case PodPlan.StopAll ignored -> {
                stopAll(pod, observed, OptionalLong.empty());
                yield AFTER_FAILURE;
            }
            case PodPlan.NewSandbox fresh -> {
                if (fresh.stopOld()) {
                    LOG.info("sandbox cannot be used pod={} sandboxes={}", PodView.key(pod), observed.sandboxes());
                    services.events()
                            .record(
                                    ContainerEvents.pod(pod),
                                    EventRecorder.Type.NORMAL,
                                    "SandboxChanged",
                                    "SandboxChanged",
                                    "Pod sandbox changed, it will be killed and re-created.");
                    stopAll(pod, observed, OptionalLong.empty());
                }
                yield makeSandbox(pod, fresh, volumes);
            }
            case PodPlan.Adjust adjust -> {
                for (PodPlan.Kill kill : adjust.kills()) {
                    stopper.stop(pod, kill.container(), kill.reason(), kill.message(), OptionalLong.empty());
                }
                ObservedPod now = adjust.kills().isEmpty() ? observed : observe(pod);
                yield startAll(pod, now, adjust.sandboxId(), sandboxAttempt(now), adjust.starts(), volumes);
            }
        };
    }

    void stopAll(Pod pod, ObservedPod observed, OptionalLong grace) throws InterruptedException {
        stopper.stopAll(pod, observed, grace);
        for (ObservedSandbox sandbox : observed.sandboxes()) {
            services.runtime().stopPodSandbox(sandbox.id());
        }
    }

    private static int sandboxAttempt(ObservedPod observed) {
        return observed.sandboxes().isEmpty()
                ? 0
                : observed.sandboxes().getFirst().attempt();
    }

    private Duration makeSandbox(Pod pod, PodPlan.NewSandbox fresh, Map<String, Path> volumes)
            throws InterruptedException {
        String id;
        try {
            String handler = services.handlers().of(pod);
            PodSandboxConfig config = sandboxConfig(pod, fresh.attempt());
            Files.createDirectories(Path.of(config.getLogDirectory()));
            if (io.argosy.kubelet.container.PodDns.missesClusterDns(pod, services.dns())) {
                warn(
                        pod,
                        "MissingClusterDNS",
                        "pod: \"" + PodView.described(pod)
                                + "\". kubelet does not have ClusterDNS IP configured and cannot create Pod using"
                                + " \"ClusterFirst\" policy. Falling back to \"Default\" policy.");
            }
            id = services.runtime().runPodSandbox(config, handler);
        } catch (RuntimeCallException e) {
            warn(pod, "FailedCreatePodSandBox", "Failed to create pod sandbox: " + e.describe());
            return AFTER_FAILURE;
        } catch (ConfigException | IOException | IllegalArgumentException e) {
            warn(pod, "FailedCreatePodSandBox", "Failed to create pod sandbox: " + e.getMessage());
            return AFTER_FAILURE;
        }
        LOG.info("made sandbox pod={} id={} attempt={}", PodView.key(pod), id, fresh.attempt());
        ObservedPod observed = observe(pod);
        tell(pod, observed, false, Optional.empty());
        return startAll(pod, observed, id, fresh.attempt(), fresh.starts(), volumes);
    }

    private PodSandboxConfig sandboxConfig(Pod pod, int attempt) throws ConfigException {
        Path logs = services.volumes()
                .directories()
                .podLogs(pod.getMetadata().getNamespace(), pod.getMetadata().getName(), PodView.uid(pod));
        return services.sandboxes()
                .of(
                        pod,
                        attempt,
                        logs,
                        services.cgroups().parent(pod),
                        services.cgroups().sandboxResources(pod));
    }

    /** Starts what is not held back; answers when to look again. */
    private Duration startAll(
            Pod pod,
            ObservedPod observed,
            String sandboxId,
            int sandboxAttempt,
            List<PodPlan.Start> starts,
            Map<String, Path> volumes)
            throws InterruptedException {
        if (starts.isEmpty()) {
            return services.settings().syncPeriod();
        }
        PodSandboxConfig config;
        String handler;
        try {
            config = sandboxConfig(pod, sandboxAttempt);
            handler = services.handlers().of(pod);
        } catch (ConfigException | IllegalArgumentException e) {
            warn(pod, "FailedSync", String.valueOf(e.getMessage()));
            return AFTER_FAILURE;
        }
        Duration next = services.settings().syncPeriod();
        for (PodPlan.Start start : ordered(starts)) {
            Optional<Duration> held = heldBack(pod, observed, start);
            if (held.isPresent()) {
                next = shorter(next, held.get());
                continue;
            }
            ContainerStarter.Place place = new ContainerStarter.Place(
                    pod, observed, sandboxId, config, handler, podIps(pod, observed), volumes);
            String name = start.container().getName();
            services.allocations().actuated(pod, start.container());
            Optional<StartFailure> failure = starter.start(place, start);
            failure.ifPresentOrElse(f -> failures.put(name, f), () -> failures.remove(name));
            if (failure.isPresent()) {
                next = shorter(next, AFTER_FAILURE);
            } else {
                // The next init container waits for this one: look as soon as it has started.
                next = start.kind() == ContainerKind.SIDECAR ? Duration.ZERO : next;
            }
        }
        return next;
    }

    private List<String> podIps(Pod pod, ObservedPod observed) {
        return PodView.hostNetwork(pod) ? services.node().hostIps() : observed.ips();
    }

    private static List<PodPlan.Start> ordered(List<PodPlan.Start> starts) {
        Map<ContainerKind, Integer> order = Map.of(
                ContainerKind.EPHEMERAL, 0, ContainerKind.SIDECAR, 1, ContainerKind.INIT, 1, ContainerKind.MAIN, 2);
        return starts.stream()
                .sorted(java.util.Comparator.comparingInt(s -> order.get(s.kind())))
                .toList();
    }

    /** How long a container that has ended before still has to wait. */
    private Optional<Duration> heldBack(Pod pod, ObservedPod observed, PodPlan.Start start) {
        String name = start.container().getName();
        Optional<ObservedContainer> ended = observed.history(name)
                .filter(c -> c.state() == ObservedContainer.State.EXITED)
                .findFirst();
        if (ended.isEmpty()) {
            return Optional.empty();
        }
        Instant since = ended.get().finishedAt().orElse(ended.get().createdAt());
        Instant now = services.clock().instant();
        String key =
                PodView.uid(pod) + "/" + name + "/" + io.argosy.kubelet.container.ContainerHash.hex(start.container());
        Optional<Duration> wait = restarts.waiting(key, since, now);
        if (wait.isEmpty()) {
            restarts.failed(key, now);
            return Optional.empty();
        }
        services.events()
                .record(
                        ContainerEvents.container(pod, name),
                        EventRecorder.Type.WARNING,
                        "BackOff",
                        "BackOff",
                        "Back-off restarting failed container " + name + " in pod " + PodView.described(pod));
        failures.put(
                name,
                new StartFailure(
                        "CrashLoopBackOff",
                        "back-off " + io.argosy.daemon.flags.GoDuration.format(wait.get())
                                + " restarting failed container=" + name + " pod=" + PodView.described(pod)));
        Duration left = Duration.between(now, since.plus(wait.get()));
        return Optional.of(left.isNegative() ? Duration.ZERO : left.plusMillis(1));
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private void warn(Pod pod, String reason, String message) {
        services.events().record(ContainerEvents.pod(pod), EventRecorder.Type.WARNING, reason, reason, message);
        LOG.warn("pod={} reason={} {}", PodView.key(pod), reason, message);
    }

    /** What holds containers back now, for status that is computed elsewhere. */
    Map<String, StartFailure> failures() {
        return new LinkedHashMap<>(failures);
    }
}
