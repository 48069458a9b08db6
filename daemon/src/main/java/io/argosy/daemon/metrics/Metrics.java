package io.argosy.daemon.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * The metrics of one daemon, under upstream's names. Asking twice for a name gives the same metric. Safe for any
 * thread. Label values must come from a bounded set.
 */
public final class Metrics {

    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Map<String, Object> byName = new ConcurrentHashMap<>();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.builder()
            .setIncludeCreatedTimestamps(false)
            .build();

    /** @param name ends with {@code _total} as it is exposed */
    public Counter counter(String name, String help, String... labels) {
        return once(
                name,
                Counter.class,
                () -> Counter.builder().name(name).help(help).labelNames(labels).register(registry));
    }

    public Gauge gauge(String name, String help, String... labels) {
        return once(
                name,
                Gauge.class,
                () -> Gauge.builder().name(name).help(help).labelNames(labels).register(registry));
    }

    /** A gauge that is read when metrics are. */
    public void gauge(String name, String help, DoubleSupplier value) {
        once(
                name,
                GaugeWithCallback.class,
                () -> GaugeWithCallback.builder()
                        .name(name)
                        .help(help)
                        .callback(callback -> callback.call(value.getAsDouble()))
                        .register(registry));
    }

    public Histogram histogram(String name, String help, List<Double> upperBounds, String... labels) {
        return once(
                name,
                Histogram.class,
                () -> Histogram.builder()
                        .name(name)
                        .help(help)
                        .classicOnly()
                        .classicUpperBounds(upperBounds.stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray())
                        .labelNames(labels)
                        .register(registry));
    }

    /** {@code count} bounds from {@code start}, each {@code factor} times the one before. */
    public static List<Double> exponential(double start, double factor, int count) {
        Double[] bounds = new Double[count];
        double bound = start;
        for (int i = 0; i < count; i++) {
            bounds[i] = bound;
            bound *= factor;
        }
        return Arrays.asList(bounds);
    }

    private <T> T once(String name, Class<T> type, Supplier<T> make) {
        return type.cast(byName.computeIfAbsent(name, key -> make.get()));
    }

    /** The registry, for instrumentation that registers itself. */
    public PrometheusRegistry registry() {
        return registry;
    }

    /** The body of {@code /metrics}. */
    public byte[] expose() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
