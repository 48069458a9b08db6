package io.argosy.client.request;

import io.argosy.daemon.metrics.Metrics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.List;

/** What a client tells of its requests, under upstream's names {@code rest_client_*}. */
public interface RequestMetrics {

    void answered(String method, int status, long nanos);

    void failed(String method);

    static RequestMetrics none() {
        return new RequestMetrics() {
            @Override
            public void answered(String method, int status, long nanos) {}

            @Override
            public void failed(String method) {}
        };
    }

    static RequestMetrics of(Metrics metrics, String host) {
        Counter requests = metrics.counter(
                "rest_client_requests_total",
                "Number of HTTP requests, partitioned by status code, method, and host.",
                "code",
                "host",
                "method");
        Histogram durations = metrics.histogram(
                "rest_client_request_duration_seconds",
                "Request latency in seconds. Broken down by verb, and host.",
                List.of(0.005, 0.025, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0),
                "host",
                "verb");
        return new RequestMetrics() {
            @Override
            public void answered(String method, int status, long nanos) {
                requests.labelValues(Integer.toString(status), host, method).inc();
                durations.labelValues(host, method).observe(nanos / 1e9);
            }

            @Override
            public void failed(String method) {
                requests.labelValues("<error>", host, method).inc();
            }
        };
    }
}
