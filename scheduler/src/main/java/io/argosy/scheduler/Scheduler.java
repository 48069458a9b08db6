package io.argosy.scheduler;

import io.argosy.client.events.EventRecorder;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.lifecycle.TaskScope;
import io.argosy.scheduler.binding.BindOutcome;
import io.argosy.scheduler.binding.Binder;
import io.argosy.scheduler.binding.Failure;
import io.argosy.scheduler.binding.FailureReports;
import io.argosy.scheduler.columns.NodeFacts;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.cycle.Decision;
import io.argosy.scheduler.framework.ClusterEvent;
import io.argosy.scheduler.framework.PostFilterPlugin.Remedy;
import io.argosy.scheduler.framework.Profile;
import io.argosy.scheduler.framework.ReservePlugin;
import io.argosy.scheduler.framework.ReservePlugin.Reservation;
import io.argosy.scheduler.preemption.Evictor;
import io.argosy.scheduler.queue.QueuedPod;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that owns all of the scheduler's state. It hears what happened, takes the next pod, decides, counts the
 * pod on its node and lets another thread write the binding.
 */
final class Scheduler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration FLUSH = Duration.ofSeconds(30);

    /** Bindings at work at once; each holds a pod and a thread that mostly waits. */
    private static final int MOST_BINDINGS = 512;

    private final SchedulerState state;
    private final Binder binder;
    private final FailureReports reports;
    private final Preemptions preemptions;
    private final EventRecorder events;
    private final SchedulerMetrics metrics;
    private final Clock clock;
    private final Mailbox mailbox = new Mailbox();
    private final TaskScope tasks = new TaskScope("scheduler");
    private volatile boolean leading;
    private int bindings;

    Scheduler(
            SchedulerState state,
            Binder binder,
            FailureReports reports,
            Evictor evictor,
            EventRecorder events,
            SchedulerMetrics metrics,
            Clock clock) {
        this.state = state;
        this.binder = binder;
        this.reports = reports;
        this.events = events;
        this.metrics = metrics;
        this.clock = clock;
        this.preemptions = new Preemptions(state, evictor, reports, metrics, tasks, mailbox, clock);
    }

    /** Starts to keep its picture of the cluster. */
    void start() {
        tasks.fork("decide", this::run);
    }

    /** Starts to decide. */
    void lead() {
        leading = true;
        mailbox.tell(() -> LOG.info("begins to schedule"));
    }

    /** Decides no more. */
    void follow() {
        leading = false;
    }

    void nodePut(Node node) {
        mailbox.tell(() -> {
            int slot = state.cluster().slotOf(node.getMetadata().getName());
            Optional<NodeFacts> before =
                    slot < 0 ? Optional.empty() : Optional.of(state.cluster().facts(slot));
            int now = state.cluster().putNode(node);
            ClusterEvents.of(before, state.cluster().facts(now)).ifPresent(this::happened);
        });
    }

    void nodeGone(Node node) {
        mailbox.tell(() -> state.cluster().removeNode(node.getMetadata().getName()));
    }

    void happenedOutside(ClusterEvent event) {
        mailbox.tell(() -> happened(event));
    }

    void podPut(Pod pod) {
        mailbox.tell(() -> {
            PodInfo info = state.reader().read(pod);
            Optional<String> node = info.node();
            if (node.isPresent()) {
                podIsOnNode(info, node.get());
            } else if (!state.places().isAssumed(info.uid())) {
                podWaits(info);
            }
        });
    }

    void podGone(Pod pod) {
        mailbox.tell(() -> {
            String uid = pod.getMetadata().getUid();
            state.queue().remove(uid);
            state.nominations().forget(uid);
            Optional<PodPlaces.Place> place = state.places().remove(uid);
            place.ifPresent(there -> happened(new ClusterEvent.PodGone(there.pod())));
        });
    }

    private void podIsOnNode(PodInfo pod, String node) {
        state.queue().remove(pod.uid());
        state.nominations().forget(pod.uid());
        Optional<PodPlaces.Place> before = state.places().confirm(pod, node);
        if (before.isEmpty()) {
            happened(new ClusterEvent.PodPlaced(pod));
        } else {
            ClusterEvents.ofPlaced(before.get().pod(), pod).ifPresent(this::happened);
        }
    }

    private void podWaits(PodInfo pod) {
        if (state.profile(pod).isEmpty()) {
            return;
        }
        pod.nominatedNode().ifPresent(node -> state.nominations().promise(pod, node));
        state.queue().put(pod, clock.nanoTime());
    }

    private void happened(ClusterEvent event) {
        state.queue().happened(event, clock.nanoTime());
    }

    private void run() throws InterruptedException {
        long flushed = clock.nanoTime();
        boolean idle = true;
        while (true) {
            mailbox.run(idle ? patience() : Duration.ZERO);
            long now = clock.nanoTime();
            if (now - flushed > FLUSH.toNanos()) {
                state.queue().flush(now);
                flushed = now;
            }
            Optional<QueuedPod> next =
                    leading && bindings < MOST_BINDINGS ? state.queue().pop(now) : Optional.empty();
            next.ifPresent(this::schedule);
            idle = next.isEmpty();
            if (idle) {
                metrics.sizes(
                        state.queue(),
                        state.cluster(),
                        state.places().size(),
                        state.places().assumedSize());
            }
        }
    }

    private Duration patience() {
        long now = clock.nanoTime();
        long wait = state.queue().nextReady().orElse(now + PATIENCE.toNanos()) - now;
        return Duration.ofNanos(Math.clamp(wait, 1_000_000, PATIENCE.toNanos()));
    }

    private void schedule(QueuedPod queued) {
        PodInfo pod = queued.info();
        Optional<Profile> profile = state.profile(pod);
        if (profile.isEmpty() || pod.terminating()) {
            state.queue().remove(pod.uid());
            return;
        }
        long started = clock.nanoTime();
        try {
            Decision decision = state.cycle().decide(pod, profile.get());
            metrics.algorithm((clock.nanoTime() - started) / 1e9);
            switch (decision) {
                case Decision.Placed placed -> place(queued, profile.get(), placed, started);
                case Decision.Unfit unfit -> unfit(queued, profile.get(), unfit, started);
                case Decision.NoNodes _ -> noNodes(queued, profile.get(), started);
            }
        } catch (RuntimeException e) {
            LOG.error("attempt failed pod={}", pod, e);
            metrics.attempt(profile.get().schedulerName(), "error", (clock.nanoTime() - started) / 1e9);
            state.queue().failed(queued, clock.nanoTime());
            reports.report(pod, Failure.error(String.valueOf(e.getMessage())));
        }
    }

    private void noNodes(QueuedPod queued, Profile profile, long started) {
        metrics.attempt(profile.schedulerName(), "unschedulable", (clock.nanoTime() - started) / 1e9);
        state.queue().rejected(queued, java.util.Set.of(), clock.nanoTime());
        reports.report(queued.info(), Failure.unschedulable(Decision.NoNodes.MESSAGE, Optional.empty()));
    }

    private void unfit(QueuedPod queued, Profile profile, Decision.Unfit unfit, long started) {
        PodInfo pod = queued.info();
        metrics.attempt(profile.schedulerName(), "unschedulable", (clock.nanoTime() - started) / 1e9);
        state.queue().rejected(queued, unfit.rejectedBy(), clock.nanoTime());
        switch (unfit.remedy()) {
            case Remedy.None none -> {
                if (none.clearNomination()) {
                    state.nominations().forget(pod.uid());
                }
                reports.report(
                        pod,
                        Failure.unschedulable(
                                unfit.message(), none.clearNomination() ? Optional.of("") : Optional.empty()));
            }
            case Remedy.Stop _ -> reports.report(pod, Failure.unschedulable(unfit.message(), Optional.empty()));
            case Remedy.Preempt preempt -> preemptions.begin(pod, unfit, preempt);
        }
    }

    private void place(QueuedPod queued, Profile profile, Decision.Placed placed, long started) {
        PodInfo pod = queued.info();
        List<Reservation> reservations = new ArrayList<>();
        try {
            for (ReservePlugin plugin : profile.reservations()) {
                plugin.reserve(pod, placed.node()).ifPresent(reservations::add);
            }
        } catch (RuntimeException e) {
            reservations.forEach(Reservation::release);
            throw e;
        }
        state.places().assume(pod, placed.node(), reservations);
        state.nominations().forget(pod.uid());
        bindings++;
        tasks.fork("bind", () -> {
            BindOutcome outcome = carryOut(pod, placed.node(), reservations);
            mailbox.tell(() -> bound(queued, profile, placed, outcome, started));
        });
    }

    private BindOutcome carryOut(PodInfo pod, String node, List<Reservation> reservations) throws InterruptedException {
        try {
            for (Reservation reservation : reservations) {
                reservation.beforeBinding();
            }
            return binder.bind(pod, node);
        } catch (RuntimeException e) {
            return new BindOutcome.Failed(String.valueOf(e.getMessage()));
        }
    }

    private void bound(QueuedPod queued, Profile profile, Decision.Placed placed, BindOutcome outcome, long started) {
        PodInfo pod = queued.info();
        bindings--;
        long now = clock.nanoTime();
        switch (outcome) {
            case BindOutcome.Bound _ -> {
                state.queue().remove(pod.uid());
                metrics.attempt(profile.schedulerName(), "scheduled", (now - started) / 1e9);
                metrics.scheduled(queued.attempts(), (now - queued.arrived()) / 1e9);
                LOG.debug("bound pod={} node={} feasible={}", pod, placed.node(), placed.feasible());
                events.record(
                        pod.pod(),
                        EventRecorder.Type.NORMAL,
                        "Scheduled",
                        "Binding",
                        "Successfully assigned " + pod.key() + " to " + placed.node());
            }
            case BindOutcome.Overtaken(String why) -> {
                LOG.info("not bound pod={} node={} reason={}", pod, placed.node(), why);
                state.queue().remove(pod.uid());
                forget(pod);
            }
            case BindOutcome.Failed(String why) -> {
                LOG.warn("not bound pod={} node={} reason={}", pod, placed.node(), why);
                metrics.attempt(profile.schedulerName(), "error", (now - started) / 1e9);
                boolean waits = state.places().isAssumed(pod.uid());
                forget(pod);
                if (waits) {
                    state.queue().failed(queued, now);
                    reports.report(pod, Failure.error(why));
                }
            }
        }
    }

    /** The pod does not count on its node any more, unless the API says that it is there. */
    private void forget(PodInfo pod) {
        if (state.places().isAssumed(pod.uid())) {
            state.places().remove(pod.uid());
            happened(new ClusterEvent.PodGone(pod));
        }
    }

    @Override
    public void close() {
        tasks.close();
    }
}
