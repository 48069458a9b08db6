package io.argosy.scheduler;

import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.lifecycle.TaskScope;
import io.argosy.scheduler.binding.Failure;
import io.argosy.scheduler.binding.FailureReports;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.cycle.Decision;
import io.argosy.scheduler.framework.PostFilterPlugin.Remedy;
import io.argosy.scheduler.preemption.Evictor;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes room for pods of higher priority. Called by the thread that owns the state; evictions have threads of their own. */
final class Preemptions {

    private static final Logger LOG = LoggerFactory.getLogger(Preemptions.class);

    private final SchedulerState state;
    private final Evictor evictor;
    private final FailureReports reports;
    private final SchedulerMetrics metrics;
    private final TaskScope tasks;
    private final Mailbox mailbox;
    private final Clock clock;

    Preemptions(
            SchedulerState state,
            Evictor evictor,
            FailureReports reports,
            SchedulerMetrics metrics,
            TaskScope tasks,
            Mailbox mailbox,
            Clock clock) {
        this.state = state;
        this.evictor = evictor;
        this.reports = reports;
        this.metrics = metrics;
        this.tasks = tasks;
        this.mailbox = mailbox;
        this.clock = clock;
    }

    /** Promises the node to the pod, takes it from lesser pods that it was promised to, and evicts the victims. */
    void begin(PodInfo pod, Decision.Unfit unfit, Remedy.Preempt preempt) {
        metrics.preemption(preempt.victims().size());
        LOG.info("preempts pod={} node={} victims={}", pod, preempt.node(), preempt.victims());
        List<PodInfo> lower = state.nominations().on(preempt.node()).stream()
                .filter(other -> other.priority() < pod.priority())
                .toList();
        for (PodInfo other : lower) {
            state.nominations().forget(other.uid());
            tasks.fork("withdraw", () -> evictor.withdrawPromise(other));
        }
        state.nominations().promise(pod, preempt.node());
        reports.report(pod, Failure.unschedulable(unfit.message(), Optional.of(preempt.node())));
        tasks.fork("preempt", () -> {
            boolean done = evictor.evict(pod, preempt.node(), preempt.victims());
            if (!done) {
                mailbox.tell(() -> state.queue().wake(pod.uid(), clock.nanoTime()));
            }
        });
    }
}
