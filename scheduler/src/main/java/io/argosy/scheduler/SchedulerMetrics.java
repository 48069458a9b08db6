package io.argosy.scheduler;

import io.argosy.daemon.metrics.Metrics;
import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.queue.SchedulingQueue;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;

/** What is counted, under upstream's names. */
final class SchedulerMetrics {

    private final Counter attempts;
    private final Histogram attemptDuration;
    private final Histogram algorithmDuration;
    private final Histogram sliDuration;
    private final Histogram podAttempts;
    private final Gauge pending;
    private final Gauge cacheSize;
    private final Counter preemptions;
    private final Histogram victims;

    SchedulerMetrics(Metrics metrics) {
        attempts = metrics.counter(
                "scheduler_schedule_attempts_total",
                "Number of attempts to schedule pods, by the result. 'unschedulable' means a pod could not be"
                        + " scheduled, while 'error' means an internal scheduler problem.",
                "profile",
                "result");
        attemptDuration = metrics.histogram(
                "scheduler_scheduling_attempt_duration_seconds",
                "Scheduling attempt latency in seconds (scheduling algorithm + binding)",
                Metrics.exponential(0.001, 2, 15),
                "profile",
                "result");
        algorithmDuration = metrics.histogram(
                "scheduler_scheduling_algorithm_duration_seconds",
                "Scheduling algorithm latency in seconds",
                Metrics.exponential(0.001, 2, 15));
        sliDuration = metrics.histogram(
                "scheduler_pod_scheduling_sli_duration_seconds",
                "E2e latency for a pod being scheduled, from the time the pod enters the scheduling queue.",
                Metrics.exponential(0.01, 2, 20),
                "attempts");
        podAttempts = metrics.histogram(
                "scheduler_pod_scheduling_attempts",
                "Number of attempts to successfully schedule a pod.",
                Metrics.exponential(1, 2, 5));
        pending = metrics.gauge("scheduler_pending_pods", "Number of pending pods, by the queue type.", "queue");
        cacheSize = metrics.gauge(
                "scheduler_cache_size",
                "Number of nodes, pods, and assumed (bound) pods in the scheduler cache.",
                "type");
        preemptions = metrics.counter(
                "scheduler_preemption_attempts_total", "Total preemption attempts in the cluster till now");
        victims = metrics.histogram(
                "scheduler_preemption_victims", "Number of selected preemption victims", Metrics.exponential(1, 2, 7));
    }

    void attempt(String profile, String result, double seconds) {
        attempts.labelValues(profile, result).inc();
        attemptDuration.labelValues(profile, result).observe(seconds);
    }

    void algorithm(double seconds) {
        algorithmDuration.observe(seconds);
    }

    void scheduled(int attempted, double sinceArrival) {
        podAttempts.observe(attempted);
        sliDuration
                .labelValues(attempted >= 15 ? "15+" : Integer.toString(attempted))
                .observe(sinceArrival);
    }

    void preemption(int gone) {
        preemptions.inc();
        if (gone > 0) {
            victims.observe(gone);
        }
    }

    void sizes(SchedulingQueue queue, ClusterState cluster, int pods, int assumed) {
        pending.labelValues("active").set(queue.activeSize());
        pending.labelValues("backoff").set(queue.backoffSize());
        pending.labelValues("unschedulable").set(queue.unschedulableSize());
        pending.labelValues("gated").set(queue.gatedSize());
        cacheSize.labelValues("nodes").set(cluster.size());
        cacheSize.labelValues("pods").set(pods);
        cacheSize.labelValues("assumed_pods").set(assumed);
    }
}
