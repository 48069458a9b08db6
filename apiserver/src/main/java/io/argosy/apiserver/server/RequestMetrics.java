package io.argosy.apiserver.server;

import io.argosy.apiserver.request.Target;
import io.argosy.daemon.http.HttpExchange;
import io.argosy.daemon.metrics.Metrics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Counts requests under upstream's metric names. */
final class RequestMetrics {

    private static final List<Double> BOUNDS = List.of(
            0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 15.0, 20.0,
            30.0, 45.0, 60.0);
    private static final Set<String> VERBS = Set.of(
            "get",
            "list",
            "watch",
            "create",
            "update",
            "patch",
            "delete",
            "deletecollection",
            "proxy",
            "post",
            "put",
            "head",
            "options");

    private final Counter requests;
    private final Histogram durations;
    private final Gauge running;
    private final Gauge longRunning;
    private final InstantSource clock;

    RequestMetrics(Metrics metrics, InstantSource clock) {
        this.clock = clock;
        requests = metrics.counter(
                "apiserver_request_total",
                "Counter of apiserver requests broken out for each verb, group, version, resource, subresource and code.",
                "verb",
                "group",
                "version",
                "resource",
                "subresource",
                "code");
        durations = metrics.histogram(
                "apiserver_request_duration_seconds",
                "Response latency distribution in seconds.",
                BOUNDS,
                "verb",
                "group",
                "version",
                "resource",
                "subresource");
        running = metrics.gauge(
                "apiserver_current_inflight_requests", "Requests that are being answered.", "request_kind");
        longRunning =
                metrics.gauge("apiserver_longrunning_requests", "Long-running requests under way.", "verb", "resource");
    }

    Observation begin(Target target, HttpExchange exchange) {
        return new Observation(target, exchange, clock.instant());
    }

    /** One request under way. */
    final class Observation implements AutoCloseable {
        private final Target target;
        private final HttpExchange exchange;
        private final Instant began;
        private final String verb;
        private final String kind;
        private int code = 200;

        private Observation(Target target, HttpExchange exchange, Instant began) {
            this.target = target;
            this.exchange = exchange;
            this.began = began;
            this.verb = VERBS.contains(target.verb()) ? target.verb().toUpperCase(Locale.ROOT) : "other";
            this.kind = Set.of("GET", "LIST", "HEAD", "OPTIONS").contains(verb) ? "readOnly" : "mutating";
            if (verb.equals("WATCH")) {
                longRunning.labelValues(verb, target.resource()).inc();
            } else {
                running.labelValues(kind).inc();
            }
        }

        void code(int answered) {
            code = answered;
        }

        @Override
        public void close() {
            int told = exchange.disconnected() && code == 200 ? 499 : code;
            String resource = told == 404 || told == 403 || told == 401 ? "" : target.resource();
            requests.labelValues(
                            verb,
                            resource.isEmpty() ? "" : target.group(),
                            resource.isEmpty() ? "" : target.version(),
                            resource,
                            resource.isEmpty() ? "" : target.subresource(),
                            Integer.toString(told))
                    .inc();
            if (verb.equals("WATCH")) {
                longRunning.labelValues(verb, target.resource()).dec();
            } else {
                running.labelValues(kind).dec();
                durations
                        .labelValues(
                                verb,
                                resource.isEmpty() ? "" : target.group(),
                                resource.isEmpty() ? "" : target.version(),
                                resource,
                                resource.isEmpty() ? "" : target.subresource())
                        .observe(Duration.between(began, clock.instant()).toNanos() / 1e9);
            }
        }
    }
}
