package io.argosy.kubelet.pod;

import io.argosy.kubelet.cri.RuntimeCallException;
import io.argosy.kubelet.status.PodStatuses.Verdicted;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one pod on this node, on a thread of its own.
 *
 * <pre>
 *   RUNNING ──ended, deleted, evicted, gone──▶ STOPPING ──nothing runs──▶ CLEANING ──nothing left──▶ RELEASED
 *                                                                                          │ gone from its source
 *                                                                                          ▼
 *                                                                                        (end)
 * </pre>
 *
 * Orders only ever move it forward. A grace that gets shorter while it stops takes effect at once. All that it knows is
 * in the API, in the runtime or on disk: a worker that is made anew goes on where its predecessor was killed.
 */
final class PodWorker {

    private static final Logger LOG = LoggerFactory.getLogger(PodWorker.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration MOST_RETRY = Duration.ofSeconds(10);

    enum Stage {
        RUNNING,
        STOPPING,
        CLEANING,
        RELEASED
    }

    private final PodServices services;
    private final PodStep step;
    private final BooleanSupplier closing;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private Pod pod;
    private Stage stage = Stage.RUNNING;
    private Optional<Termination> termination = Optional.empty();
    private boolean gone;
    private boolean woken = true;
    private Optional<Thread> inCall = Optional.empty();
    private Duration retry = RETRY;

    /** @param closing whether the kubelet ends: an interrupt then means this thread, and no step */
    PodWorker(PodServices services, Backoff restarts, BooleanSupplier closing, Pod pod) {
        this.closing = closing;
        this.services = services;
        this.step = new PodStep(services, restarts);
        this.pod = pod;
    }

    /** The pod as its source has it now. */
    void update(Pod latest) {
        lock.lock();
        try {
            pod = latest;
            if (PodView.isDeleted(latest)) {
                terminateLocked(Termination.ORDINARY);
            }
            wakeLocked();
        } finally {
            lock.unlock();
        }
    }

    void terminate(Termination order) {
        lock.lock();
        try {
            terminateLocked(order);
        } finally {
            lock.unlock();
        }
    }

    /** The pod is gone from its source. */
    void gone(Termination order) {
        lock.lock();
        try {
            gone = true;
            terminateLocked(order);
        } finally {
            lock.unlock();
        }
    }

    void wake() {
        lock.lock();
        try {
            wakeLocked();
        } finally {
            lock.unlock();
        }
    }

    Pod pod() {
        lock.lock();
        try {
            return pod;
        } finally {
            lock.unlock();
        }
    }

    Stage stage() {
        lock.lock();
        try {
            return stage;
        } finally {
            lock.unlock();
        }
    }

    private void terminateLocked(Termination order) {
        long before = graceLocked();
        if (termination.isEmpty()) {
            termination = Optional.of(order);
        } else if (order.graceOverride().isPresent()) {
            long shorter = Math.min(
                    order.graceOverride().getAsLong(),
                    termination.get().graceOverride().orElse(Long.MAX_VALUE));
            Optional<Verdicted> verdict = termination.get().verdict().or(order::verdict);
            termination = Optional.of(new Termination(OptionalLong.of(shorter), verdict));
        }
        // What runs now is a step of a pod that shall live, or a stop that would take too long.
        if (stage == Stage.RUNNING || (stage == Stage.STOPPING && graceLocked() < before)) {
            inCall.ifPresent(Thread::interrupt);
        }
        wakeLocked();
    }

    private long graceLocked() {
        return termination
                .map(t -> ContainerStopper.grace(
                        pod, Optional.empty(), PodPlan.KillReason.POD_RESTART, t.graceOverride()))
                .orElse(Long.MAX_VALUE);
    }

    private void wakeLocked() {
        woken = true;
        news.signalAll();
    }

    /** Runs until nothing of the pod is left and its source has forgotten it. */
    void run() throws InterruptedException {
        if (PodView.isDeleted(pod()) || PodView.isFinished(pod())) {
            terminate(Termination.ORDINARY);
        }
        while (true) {
            Duration next = turn();
            if (next.isNegative()) {
                return;
            }
            await(next);
        }
    }

    private void await(Duration next) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = next.toNanos();
            while (!woken && left > 0) {
                left = news.awaitNanos(left);
            }
            woken = false;
        } finally {
            lock.unlock();
        }
    }

    /** One turn in the present stage; answers how long to wait, negative when all is over. */
    private Duration turn() throws InterruptedException {
        Pod current;
        Stage now;
        Optional<Termination> order;
        lock.lock();
        try {
            if (stage == Stage.RUNNING && termination.isPresent()) {
                stage = Stage.STOPPING;
            }
            woken = false;
            current = pod;
            now = stage;
            order = termination;
            inCall = Optional.of(Thread.currentThread());
        } finally {
            lock.unlock();
        }
        try {
            Duration next = turn(now, current, order.orElse(Termination.ORDINARY));
            retry = RETRY;
            return next;
        } catch (RuntimeCallException e) {
            return afterFailure(current, now, e.describe());
        } catch (IOException | RuntimeException e) {
            if (!interruptedByOrder()) {
                LOG.warn("pod={} stage={} failed", PodView.key(current), now, e);
            }
            return afterFailure(current, now, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            if (interruptedByOrder()) {
                return Duration.ZERO;
            }
            throw e;
        } finally {
            lock.lock();
            try {
                inCall = Optional.empty();
                // An interrupt that came too late to matter must not hit the next turn.
                if (termination.isPresent() && !closing.getAsBoolean() && Thread.interrupted()) {
                    woken = true;
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean interruptedByOrder() {
        lock.lock();
        try {
            return termination.isPresent() && !closing.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }

    private Duration afterFailure(Pod current, Stage now, String error) {
        if (interruptedByOrder() && now == Stage.RUNNING) {
            return Duration.ZERO;
        }
        LOG.warn("pod={} stage={} retry={} error={}", PodView.key(current), now, retry, error);
        Duration wait = retry;
        Duration doubled = retry.multipliedBy(2);
        retry = doubled.compareTo(MOST_RETRY) > 0 ? MOST_RETRY : doubled;
        return wait;
    }

    private Duration turn(Stage now, Pod current, Termination order) throws InterruptedException, IOException {
        return switch (now) {
            case RUNNING -> running(current);
            case STOPPING -> stopping(current, order);
            case CLEANING -> cleaning(current);
            case RELEASED -> released(current);
        };
    }

    private Duration running(Pod current) throws InterruptedException {
        Optional<Termination> deadline = Deadline.passed(
                current,
                services.statuses().get(PodView.uid(current)),
                services.clock().instant());
        if (deadline.isPresent()) {
            services.events().warning(current, "DeadlineExceeded", Deadline.MESSAGE);
            terminate(deadline.get());
            return Duration.ZERO;
        }
        Duration left = Deadline.left(current, services.clock().instant());
        return switch (step.run(current)) {
            case PodStep.Outcome.Again(Duration after) -> after.compareTo(left) < 0 ? after : left;
            case PodStep.Outcome.Finished() -> {
                terminate(Termination.ORDINARY);
                yield Duration.ZERO;
            }
        };
    }

    private Duration stopping(Pod current, Termination order) throws InterruptedException {
        services.probes().stopping(current);
        ObservedPod observed = step.observe(current);
        step.tell(current, observed, false, order.verdict());
        step.stopAll(current, observed, order.graceOverride());
        ObservedPod after = step.observe(current);
        if (after.anythingAlive()) {
            return RETRY;
        }
        services.probes().remove(PodView.uid(current));
        PodStatus told = step.tell(current, after, true, order.verdict());
        LOG.info("pod ended pod={} phase={}", PodView.key(current), told.getPhase());
        advance(Stage.CLEANING);
        return Duration.ZERO;
    }

    private Duration cleaning(Pod current) throws IOException {
        services.volumes().unmount(PodView.uid(current));
        services.cgroups().remove(current);
        services.allocations().forget(PodView.uid(current));
        advance(Stage.RELEASED);
        return Duration.ZERO;
    }

    private Duration released(Pod current) {
        boolean over;
        lock.lock();
        try {
            over = gone;
        } finally {
            lock.unlock();
        }
        if (over) {
            GarbageOfPod.removeAll(services.runtime(), step.observe(current));
            services.statuses().forget(PodView.uid(current));
            return Duration.ofNanos(-1);
        }
        if (PodView.isDeleted(current)) {
            services.statuses().released(current);
        }
        return services.settings().syncPeriod();
    }

    private void advance(Stage to) {
        lock.lock();
        try {
            stage = to;
        } finally {
            lock.unlock();
        }
    }
}
