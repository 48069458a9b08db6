package io.argosy.client.workqueue;

import io.argosy.daemon.metrics.Metrics;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.datapoints.GaugeDataPoint;

/** What a queue tells of itself, under upstream's names {@code workqueue_*}. Called while the queue is locked. */
public interface QueueMetrics {

    void added();

    void depth(int waiting);

    void retried();

    void started(long waitedNanos);

    void finished(long workedNanos);

    static QueueMetrics none() {
        return new QueueMetrics() {
            @Override
            public void added() {}

            @Override
            public void depth(int waiting) {}

            @Override
            public void retried() {}

            @Override
            public void started(long waitedNanos) {}

            @Override
            public void finished(long workedNanos) {}
        };
    }

    /** @param queue the value of the label {@code name} */
    static QueueMetrics of(Metrics metrics, String queue) {
        CounterDataPoint adds = metrics.counter(
                        "workqueue_adds_total", "Total number of adds handled by workqueue", "name")
                .labelValues(queue);
        GaugeDataPoint depth = metrics.gauge("workqueue_depth", "Current depth of workqueue", "name")
                .labelValues(queue);
        CounterDataPoint retries = metrics.counter(
                        "workqueue_retries_total", "Total number of retries handled by workqueue", "name")
                .labelValues(queue);
        DistributionDataPoint waited = metrics.histogram(
                        "workqueue_queue_duration_seconds",
                        "How long in seconds an item stays in workqueue before being requested.",
                        Metrics.exponential(1e-8, 10, 10),
                        "name")
                .labelValues(queue);
        DistributionDataPoint worked = metrics.histogram(
                        "workqueue_work_duration_seconds",
                        "How long in seconds processing an item from workqueue takes.",
                        Metrics.exponential(1e-8, 10, 10),
                        "name")
                .labelValues(queue);
        return new QueueMetrics() {
            @Override
            public void added() {
                adds.inc();
            }

            @Override
            public void depth(int waiting) {
                depth.set(waiting);
            }

            @Override
            public void retried() {
                retries.inc();
            }

            @Override
            public void started(long waitedNanos) {
                waited.observe(waitedNanos / 1e9);
            }

            @Override
            public void finished(long workedNanos) {
                worked.observe(workedNanos / 1e9);
            }
        };
    }
}
