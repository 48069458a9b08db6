package io.argosy.kubelet.probe;

import io.argosy.client.events.EventRecorder;
import io.argosy.daemon.clock.Clock;
import io.argosy.kubelet.pod.ContainerEvents;
import io.argosy.kubelet.pod.PodView;
import io.argosy.kubelet.pod.ProbeVerdicts.Verdict;
import io.argosy.kubelet.status.StatusSink;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Asks one container one kind of question, again and again, and keeps count. Runs on a thread of its own. */
final class ProbeWorker {

    private static final int TRIES = 3;

    /** Where verdicts go. */
    interface Verdicts {

        Optional<Verdict> get(String containerId, ProbeKind kind);

        /** Answers nothing; a change wakes the pod. */
        void set(String uid, String containerId, ProbeKind kind, Verdict verdict);

        void counted(Pod pod, String container, ProbeKind kind, String result);
    }

    private final Prober prober;
    private final StatusSink statuses;
    private final EventRecorder events;
    private final Clock clock;
    private final Verdicts verdicts;
    private final ProbeKind kind;
    private final String containerName;
    private final Semaphore nudges = new Semaphore(0);
    private volatile Pod pod;
    private volatile boolean stopping;
    private String containerId = "";
    private boolean onHold;
    private boolean lastSucceeded;
    private int run;

    ProbeWorker(
            Prober prober,
            StatusSink statuses,
            EventRecorder events,
            Clock clock,
            Verdicts verdicts,
            ProbeKind kind,
            Pod pod,
            String containerName) {
        this.prober = prober;
        this.statuses = statuses;
        this.events = events;
        this.clock = clock;
        this.verdicts = verdicts;
        this.kind = kind;
        this.pod = pod;
        this.containerName = containerName;
    }

    void update(Pod latest) {
        pod = latest;
    }

    /** Liveness and startup no longer matter: the pod ends. */
    void stopping() {
        stopping = true;
        nudges.release();
    }

    /** Asks before the period is over. */
    void nudge() {
        nudges.release();
    }

    void loop() throws InterruptedException {
        while (true) {
            long began = clock.nanoTime();
            if (!turn()) {
                return;
            }
            Probe probe = probe().orElse(null);
            if (probe == null) {
                return;
            }
            Duration period = Duration.ofSeconds(or(probe.getPeriodSeconds(), 10));
            Duration left = period.minusNanos(clock.nanoTime() - began);
            // Until there is a container to ask, and until its delay is over, look more often than it is asked.
            Duration wait = containerId.isEmpty() ? Duration.ofSeconds(1) : left;
            if (wait.isPositive() && nudges.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                nudges.drainPermits();
            }
        }
    }

    private Optional<Probe> probe() {
        return PodView.container(pod, containerName).flatMap(kind::of);
    }

    /** One look, perhaps one question; answers whether to go on. */
    private boolean turn() {
        Optional<PodStatus> told = statuses.get(PodView.uid(pod));
        if (told.isEmpty()) {
            return true;
        }
        if (Optional.ofNullable(told.get().getPhase())
                .filter(p -> p.equals("Succeeded") || p.equals("Failed"))
                .isPresent()) {
            return false;
        }
        Optional<ContainerStatus> status = status(told.get());
        if (status.isEmpty()
                || status.get().getContainerID() == null
                || status.get().getContainerID().isEmpty()) {
            return true;
        }
        String id = status.get().getContainerID();
        id = id.substring(id.indexOf("://") + 3);
        if (!id.equals(containerId)) {
            adopt(id, status.get());
        }
        if (onHold) {
            return true;
        }
        if (status.get().getState().getRunning() == null) {
            if (kind == ProbeKind.READINESS) {
                verdicts.set(PodView.uid(pod), id, kind, Verdict.FAILURE);
            }
            return status.get().getState().getTerminated() == null || !"Never".equals(PodView.restartPolicy(pod));
        }
        if ((stopping || PodView.isDeleted(pod)) && kind != ProbeKind.READINESS) {
            verdicts.set(PodView.uid(pod), id, kind, Verdict.SUCCESS);
            return false;
        }
        return ask(told.get(), status.get());
    }

    /** A container that ran before this kubelet did keeps what it was told to be until it answers otherwise. */
    private void adopt(String id, ContainerStatus now) {
        containerId = id;
        onHold = false;
        run = 0;
        Verdict first = kind.initial();
        Optional<ContainerStatus> before = pod.getStatus() == null ? Optional.empty() : status(pod.getStatus());
        if (before.isPresent() && now.getContainerID().equals(before.get().getContainerID())) {
            boolean was = switch (kind) {
                case READINESS -> Boolean.TRUE.equals(before.get().getReady());
                case STARTUP -> Boolean.TRUE.equals(before.get().getStarted());
                case LIVENESS -> false;
            };
            first = was ? Verdict.SUCCESS : first;
        }
        verdicts.set(PodView.uid(pod), id, kind, first);
    }

    private boolean ask(PodStatus told, ContainerStatus status) {
        Probe probe = probe().orElseThrow();
        Instant started = Instant.parse(status.getState().getRunning().getStartedAt());
        long delay = or(probe.getInitialDelaySeconds(), 0);
        if (Duration.between(started, clock.instant()).compareTo(Duration.ofSeconds(delay)) < 0) {
            return true;
        }
        boolean isStarted = Boolean.TRUE.equals(status.getStarted());
        if (isStarted == (kind == ProbeKind.STARTUP)) {
            // Startup asks until it has succeeded; the others only from then on.
            return kind != ProbeKind.STARTUP
                    || verdicts.get(containerId, kind).orElse(Verdict.UNKNOWN) != Verdict.SUCCESS;
        }
        Container container = PodView.container(pod, containerName).orElseThrow();
        ProbeResult result = new ProbeResult.Unknown("");
        for (int i = 0; i < TRIES && result instanceof ProbeResult.Unknown; i++) {
            result = prober.ask(probe, container, containerId, ip(told));
        }
        verdicts.counted(
                pod,
                containerName,
                kind,
                switch (result) {
                    case ProbeResult.Success ignored -> "successful";
                    case ProbeResult.Warning ignored -> "successful";
                    case ProbeResult.Failure ignored -> "failed";
                    case ProbeResult.Unknown ignored -> "unknown";
                });
        report(result);
        count(result, probe);
        return true;
    }

    private void report(ProbeResult result) {
        switch (result) {
            case ProbeResult.Success ignored -> {}
            case ProbeResult.Warning w -> record("ProbeWarning", kind.title() + " probe warning: " + w.output());
            case ProbeResult.Failure f -> record("Unhealthy", kind.title() + " probe failed: " + f.output());
            case ProbeResult.Unknown u ->
                record("Unhealthy", kind.title() + " probe errored and resulted in unknown state: " + u.output());
        }
    }

    private void record(String reason, String message) {
        events.record(
                ContainerEvents.container(pod, containerName), EventRecorder.Type.WARNING, reason, reason, message);
    }

    private void count(ProbeResult result, Probe probe) {
        if (result instanceof ProbeResult.Unknown) {
            return;
        }
        boolean success = result.succeeded();
        if (run > 0 && success == lastSucceeded) {
            run++;
        } else {
            lastSucceeded = success;
            run = 1;
        }
        int threshold = success ? or(probe.getSuccessThreshold(), 1) : or(probe.getFailureThreshold(), 3);
        if (run < threshold) {
            return;
        }
        verdicts.set(PodView.uid(pod), containerId, kind, success ? Verdict.SUCCESS : Verdict.FAILURE);
        if (!success && kind != ProbeKind.READINESS) {
            // The container will be killed; asking it again before there is a new one would only repeat the news.
            onHold = true;
            run = 0;
        }
        if (success && kind == ProbeKind.STARTUP) {
            run = 0;
        }
    }

    private Optional<ContainerStatus> status(PodStatus told) {
        List<ContainerStatus> all = new ArrayList<>(PodView.orEmpty(told.getContainerStatuses()));
        all.addAll(PodView.orEmpty(told.getInitContainerStatuses()));
        return all.stream().filter(s -> s.getName().equals(containerName)).findFirst();
    }

    private String ip(PodStatus told) {
        return told.getPodIP() == null ? "127.0.0.1" : told.getPodIP();
    }

    private static int or(Integer value, int otherwise) {
        return value == null || value == 0 ? otherwise : value;
    }
}
