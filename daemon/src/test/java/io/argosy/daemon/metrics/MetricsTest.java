package io.argosy.daemon.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {

    @Test
    void exposesUpstreamsNames() {
        Metrics metrics = new Metrics();
        metrics.counter("workqueue_adds_total", "Adds.", "name")
                .labelValues("job")
                .inc(3);
        metrics.counter("workqueue_adds_total", "Adds.", "name")
                .labelValues("job")
                .inc();
        metrics.histogram("d_seconds", "D.", List.of(0.1, 1.0)).observe(0.5);
        String text = new String(metrics.expose(), StandardCharsets.UTF_8);
        assertTrue(
                text.contains("# TYPE workqueue_adds_total counter\nworkqueue_adds_total{name=\"job\"} 4.0\n"), text);
        assertTrue(text.contains("d_seconds_bucket{le=\"1.0\"} 1\n"), text);
    }

    @Test
    void showsConfiguration() {
        Configz configz = new Configz();
        configz.put("kubescheduler.config.k8s.io", () -> Map.of("parallelism", 16));
        assertEquals(
                "{\"kubescheduler.config.k8s.io\":{\"parallelism\":16}}",
                new String(configz.expose(), StandardCharsets.UTF_8));
    }
}
