package io.argosy.kubelet.pod;

import io.argosy.client.events.EventRecorder;
import io.argosy.kubelet.cri.RuntimeCallException;
import io.argosy.kubelet.probe.HandlerException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops containers: preStop hook, grace, and the order among sidecars. */
final class ContainerStopper {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerStopper.class);
    // A hook that used up the grace leaves the process this long to hear of its end.
    private static final Duration LEAST_GRACE = Duration.ofSeconds(2);

    private final PodServices services;

    ContainerStopper(PodServices services) {
        this.services = services;
    }

    /** Seconds that a container has, by what makes it stop. */
    static long grace(Pod pod, Optional<Container> container, PodPlan.KillReason reason, OptionalLong override) {
        if (override.isPresent()) {
            return override.getAsLong();
        }
        Long deletion = pod.getMetadata().getDeletionGracePeriodSeconds();
        if (deletion != null) {
            return deletion;
        }
        Optional<Probe> probe = switch (reason) {
            case LIVENESS_PROBE -> container.map(Container::getLivenessProbe);
            case STARTUP_PROBE -> container.map(Container::getStartupProbe);
            default -> Optional.empty();
        };
        return probe.map(Probe::getTerminationGracePeriodSeconds).orElse(PodView.terminationGrace(pod));
    }

    void stop(Pod pod, ObservedContainer container, PodPlan.KillReason reason, String message, OptionalLong override)
            throws InterruptedException {
        Optional<Container> spec = PodView.container(pod, container.name());
        stop(pod, container, message, Duration.ofSeconds(grace(pod, spec, reason, override)), override.isPresent());
    }

    private void stop(Pod pod, ObservedContainer container, String message, Duration grace, boolean overridden)
            throws InterruptedException {
        services.events()
                .record(
                        ContainerEvents.container(pod, container.name()),
                        EventRecorder.Type.NORMAL,
                        "Killing",
                        "Killing",
                        message.isEmpty() ? "Stopping container " + container.name() : message);
        long began = services.clock().nanoTime();
        Optional<LifecycleHandler> hook = PodView.container(pod, container.name())
                .map(Container::getLifecycle)
                .map(l -> l.getPreStop());
        if (hook.isPresent() && grace.isPositive()) {
            preStop(pod, container, hook.get(), grace);
        }
        Duration left = grace.minusNanos(services.clock().nanoTime() - began);
        if (!overridden || left.isNegative()) {
            left = left.compareTo(LEAST_GRACE) < 0 && grace.isPositive() ? LEAST_GRACE : left;
        }
        services.runtime().stopContainer(container.id(), left.isNegative() ? Duration.ZERO : left);
        LOG.info("stopped container pod={} container={} id={}", PodView.key(pod), container.name(), container.id());
    }

    private void preStop(Pod pod, ObservedContainer container, LifecycleHandler hook, Duration grace)
            throws InterruptedException {
        try {
            services.hooks().run(pod, container.name(), container.id(), hook, services.observedIps(pod), grace);
        } catch (HandlerException e) {
            LOG.info(
                    "preStop hook failed pod={} container={} error={}",
                    PodView.key(pod),
                    container.name(),
                    e.getMessage());
            services.events()
                    .record(
                            ContainerEvents.container(pod, container.name()),
                            EventRecorder.Type.WARNING,
                            "FailedPreStopHook",
                            "FailedPreStopHook",
                            "PreStopHook failed");
        }
    }

    /**
     * Stops every container that runs: main ones at the same time, sidecars after them, the last one first, all within
     * one grace. Returns when all have stopped; throws the first failure after trying them all.
     */
    void stopAll(Pod pod, ObservedPod observed, OptionalLong override) throws InterruptedException {
        long grace = grace(pod, Optional.empty(), PodPlan.KillReason.POD_RESTART, override);
        long began = services.clock().nanoTime();
        List<ObservedContainer> first = new ArrayList<>();
        List<ObservedContainer> sidecars = new ArrayList<>();
        for (ObservedContainer container : observed.containers()) {
            boolean alive = container.running() || container.state() == ObservedContainer.State.UNKNOWN;
            if (!alive) {
                continue;
            }
            if (PodView.kind(pod, container.name()).orElse(ContainerKind.MAIN) == ContainerKind.SIDECAR) {
                sidecars.add(container);
            } else {
                first.add(container);
            }
        }
        stopTogether(pod, first, Duration.ofSeconds(grace), override.isPresent());
        List<String> order = new ArrayList<>(
                PodView.inits(pod).stream().map(Container::getName).toList());
        Collections.reverse(order);
        sidecars.sort(java.util.Comparator.comparingInt(c -> order.indexOf(c.name())));
        for (ObservedContainer sidecar : sidecars) {
            Duration left =
                    Duration.ofSeconds(grace).minusNanos(services.clock().nanoTime() - began);
            stop(pod, sidecar, "", left.isNegative() ? Duration.ZERO : left, override.isPresent());
        }
    }

    private void stopTogether(Pod pod, List<ObservedContainer> containers, Duration grace, boolean overridden)
            throws InterruptedException {
        if (containers.size() == 1) {
            stop(pod, containers.getFirst(), "", grace, overridden);
            return;
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (ObservedContainer container : containers) {
                running.add(threads.submit(() -> {
                    stop(pod, container, "", grace, overridden);
                    return null;
                }));
            }
            try {
                for (Future<?> future : running) {
                    future.get();
                }
            } catch (InterruptedException e) {
                threads.shutdownNow();
                throw e;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeCallException failure) {
                    throw failure;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
    }
}
