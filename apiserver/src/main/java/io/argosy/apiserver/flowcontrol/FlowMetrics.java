package io.argosy.apiserver.flowcontrol;

import io.argosy.daemon.metrics.Metrics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.List;

/** What is counted of flow control, as upstream names it. */
public final class FlowMetrics {

    private static final List<Double> WAITS =
            List.of(0.0, 0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0);

    private final Counter dispatched;
    private final Counter rejected;
    private final Histogram waits;
    private final Gauge nominal;
    private final Gauge least;
    private final Gauge most;
    private final Gauge current;

    public FlowMetrics(Metrics metrics) {
        dispatched = metrics.counter(
                "apiserver_flowcontrol_dispatched_requests_total",
                "Number of requests executed by API Priority and Fairness subsystem",
                "priority_level",
                "flow_schema");
        rejected = metrics.counter(
                "apiserver_flowcontrol_rejected_requests_total",
                "Number of requests rejected by API Priority and Fairness subsystem",
                "priority_level",
                "flow_schema",
                "reason");
        waits = metrics.histogram(
                "apiserver_flowcontrol_request_wait_duration_seconds",
                "Length of time a request spent waiting in its queue",
                WAITS,
                "priority_level",
                "flow_schema",
                "execute");
        nominal = metrics.gauge(
                "apiserver_flowcontrol_nominal_limit_seats",
                "Nominal number of execution seats configured for each priority level",
                "priority_level");
        least = metrics.gauge(
                "apiserver_flowcontrol_lower_limit_seats",
                "Configured lower bound on number of execution seats available to each priority level",
                "priority_level");
        most = metrics.gauge(
                "apiserver_flowcontrol_upper_limit_seats",
                "Configured upper bound on number of execution seats available to each priority level",
                "priority_level");
        current = metrics.gauge(
                "apiserver_flowcontrol_current_limit_seats",
                "current derived number of execution seats available to each priority level",
                "priority_level");
    }

    void dispatched(FlowSchema schema, long nanos) {
        dispatched.labelValues(schema.level(), schema.name()).inc();
        waits.labelValues(schema.level(), schema.name(), "true").observe(nanos / 1e9);
    }

    void rejected(FlowSchema schema, FairQueues.Refusal why) {
        rejected.labelValues(schema.level(), schema.name(), why.reason()).inc();
    }

    void nominal(String level, Seats.Range range) {
        nominal.labelValues(level).set(range.nominal());
        least.labelValues(level).set(range.least());
        most.labelValues(level).set(range.most());
        current.labelValues(level).set(range.nominal());
    }

    void current(String level, int seats) {
        current.labelValues(level).set(seats);
    }
}
