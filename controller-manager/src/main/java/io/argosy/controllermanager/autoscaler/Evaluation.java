package io.argosy.controllermanager.autoscaler;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.controllermanager.ownership.Selectors;
import io.argosy.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.autoscaling.v2.ContainerResourceMetricStatusBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.ExternalMetricSource;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricIdentifier;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricStatus;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricStatusBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricTarget;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricValueStatus;
import io.fabric8.kubernetes.api.model.autoscaling.v2.ObjectMetricSource;
import io.fabric8.kubernetes.api.model.autoscaling.v2.PodsMetricSource;
import io.fabric8.kubernetes.api.model.autoscaling.v2.ResourceMetricStatusBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Evaluates the metrics of one autoscaler at one time.
 *
 * @param wanted how many pods the target is to have now
 * @param counted how many it has
 * @param pods those that its selector selects
 */
record Evaluation(
        MetricSource source,
        String namespace,
        int wanted,
        int counted,
        LabelSelector selector,
        List<Pod> pods,
        ReplicaMath.Tolerance tolerance,
        PodGroups.Youth youth,
        Instant now) {

    Evaluation {
        pods = List.copyOf(pods);
    }

    Measured of(MetricSpec metric) {
        return switch (metric.getType()) {
            case "Resource" ->
                resource(
                        metric.getResource().getName(),
                        Optional.empty(),
                        metric.getResource().getTarget());
            case "ContainerResource" ->
                resource(
                        metric.getContainerResource().getName(),
                        Optional.of(metric.getContainerResource().getContainer()),
                        metric.getContainerResource().getTarget());
            case "Pods" -> pods(metric.getPods());
            case "Object" -> object(metric.getObject());
            case "External" -> external(metric.getExternal());
            default -> {
                String message = "unknown metric source type \"" + metric.getType() + "\"";
                yield new Measured.Failure("InvalidMetricSourceType", message, message);
            }
        };
    }

    private Measured resource(String name, Optional<String> container, MetricTarget target) {
        String reason = container.isPresent() ? "FailedGetContainerResourceMetric" : "FailedGetResourceMetric";
        String kind = container.map(each -> each + " container").orElse(name + " resource");
        try {
            Map<String, Sample> samples = source.resource(namespace, selector, name, container);
            PodGroups groups = groups(samples, name.equals("cpu"));
            if (target.getAverageValue() != null) {
                long each = Requests.milli(target.getAverageValue());
                ReplicaMath.Count count = ReplicaMath.byAverage(
                        wanted, samples, groups, used -> ReplicaMath.average(used, each), pod -> each, tolerance);
                return new Measured.Proposal(
                        count.replicas(), name + " resource", resourceStatus(name, container, count.usage()));
            }
            if (target.getAverageUtilization() == null) {
                throw new MetricSource.Unavailable("invalid resource metric source: neither an average utilization"
                        + " target nor an average value (usage) target was set");
            }
            int percent = target.getAverageUtilization();
            Map<String, Long> requests = Requests.of(pods, name, container);
            ReplicaMath.Count count = ReplicaMath.byAverage(
                    wanted,
                    samples,
                    groups,
                    used -> ReplicaMath.utilization(used, requests, percent),
                    pod -> requests.getOrDefault(pod, 0L) * Math.max(100, percent) / 100,
                    tolerance);
            return new Measured.Proposal(
                    count.replicas(),
                    name + (container.isPresent() ? " container" : "")
                            + " resource utilization (percentage of request)",
                    resourceStatus(name, container, count.usage()));
        } catch (MetricSource.Unavailable e) {
            String what = target.getAverageValue() != null
                    ? "failed to get " + name + " usage: "
                    : target.getAverageUtilization() != null ? "failed to get " + name + " utilization: " : "";
            String message = what + e.getMessage();
            return new Measured.Failure(reason, message, "failed to get " + kind + " metric value: " + message);
        }
    }

    private Measured pods(PodsMetricSource metric) {
        try {
            String name = metric.getMetric().getName();
            Map<String, Sample> samples = source.pods(namespace, selector, name, which(metric.getMetric()));
            long each = Requests.milli(metric.getTarget().getAverageValue());
            ReplicaMath.Count count = ReplicaMath.byAverage(
                    wanted,
                    samples,
                    groups(samples, false),
                    used -> ReplicaMath.average(used, each),
                    pod -> each,
                    tolerance);
            MetricStatus status = new MetricStatusBuilder()
                    .withType("Pods")
                    .withNewPods()
                    .withMetric(metric.getMetric())
                    .withCurrent(average(count.usage().average()))
                    .endPods()
                    .build();
            return new Measured.Proposal(count.replicas(), "pods metric " + name, status);
        } catch (MetricSource.Unavailable e) {
            return failure("FailedGetPodsMetric", "failed to get pods metric value: ", e);
        }
    }

    private Measured object(ObjectMetricSource metric) {
        try {
            String name = metric.getMetric().getName();
            MetricTarget target = metric.getTarget();
            boolean whole = "Value".equals(target.getType()) && target.getValue() != null;
            if (!whole && target.getAverageValue() == null) {
                throw new MetricSource.Unavailable(
                        "invalid object metric source: neither a value target nor an average value target was set");
            }
            long value = source.object(namespace, metric.getDescribedObject(), name, which(metric.getMetric()));
            int replicas = whole ? byValue(value, target.getValue()) : byShare(value, target.getAverageValue());
            MetricStatus status = new MetricStatusBuilder()
                    .withType("Object")
                    .withNewObject()
                    .withDescribedObject(metric.getDescribedObject())
                    .withMetric(metric.getMetric())
                    .withCurrent(whole ? value(value) : average(share(value)))
                    .endObject()
                    .build();
            String title =
                    whole ? metric.getDescribedObject().getKind() + " metric " + name : "external metric " + name;
            return new Measured.Proposal(replicas, title, status);
        } catch (MetricSource.Unavailable e) {
            return failure("FailedGetObjectMetric", "failed to get object metric value: ", e);
        }
    }

    private Measured external(ExternalMetricSource metric) {
        String name = metric.getMetric().getName();
        try {
            MetricTarget target = metric.getTarget();
            boolean shared = target.getAverageValue() != null;
            if (!shared && target.getValue() == null) {
                throw new MetricSource.Unavailable(
                        "invalid external metric source: neither a value target nor an average value target was set");
            }
            long value = 0;
            for (long each : source.external(namespace, name, which(metric.getMetric()))) {
                value = saturated(value, each);
            }
            int replicas = shared ? byShare(value, target.getAverageValue()) : byValue(value, target.getValue());
            MetricStatus status = new MetricStatusBuilder()
                    .withType("External")
                    .withNewExternal()
                    .withMetric(metric.getMetric())
                    .withCurrent(shared ? average(share(value)) : value(value))
                    .endExternal()
                    .build();
            return new Measured.Proposal(replicas, "external metric " + name, status);
        } catch (MetricSource.Unavailable e) {
            return failure("FailedGetExternalMetric", "failed to get " + name + " external metric value: ", e);
        }
    }

    private static long saturated(long sum, long more) {
        return more > 0 && sum > Long.MAX_VALUE - more ? Long.MAX_VALUE : sum + more;
    }

    private static Measured failure(String reason, String tried, MetricSource.Unavailable e) {
        String message = String.valueOf(e.getMessage());
        return new Measured.Failure(reason, message, tried + message);
    }

    private PodGroups groups(Map<String, Sample> samples, boolean cpu) {
        if (pods.isEmpty()) {
            throw new MetricSource.Unavailable("no pods returned by selector while calculating replica count");
        }
        return PodGroups.of(pods, samples, cpu, youth, now);
    }

    private int byValue(long value, Quantity target) {
        if (wanted != 0 && pods.isEmpty()) {
            throw new MetricSource.Unavailable("unable to calculate ready pods: no pods returned by selector while"
                    + " calculating replica count");
        }
        int ready = (int) pods.stream()
                .filter(pod -> Pods.phase(pod).equals("Running") && Pods.isReady(pod))
                .count();
        return ReplicaMath.byValue(wanted, (double) value / Requests.milli(target), ready, tolerance);
    }

    private int byShare(long value, Quantity target) {
        return ReplicaMath.byShare(counted, value, Requests.milli(target), tolerance);
    }

    private long share(long value) {
        return counted == 0 || value == Long.MAX_VALUE ? value : Math.ceilDiv(value, counted);
    }

    private static LabelSelector which(MetricIdentifier metric) {
        return metric.getSelector() == null ? LabelSelector.everything() : Selectors.of(metric.getSelector());
    }

    private static MetricStatus resourceStatus(String name, Optional<String> container, ReplicaMath.Usage usage) {
        MetricValueStatus current = new MetricValueStatus();
        current.setAverageValue(amount(name, usage.average()));
        current.setAverageUtilization(
                usage.percent().isPresent() ? usage.percent().getAsInt() : null);
        return container.isPresent()
                ? new MetricStatusBuilder()
                        .withType("ContainerResource")
                        .withContainerResource(new ContainerResourceMetricStatusBuilder()
                                .withName(name)
                                .withContainer(container.get())
                                .withCurrent(current)
                                .build())
                        .build()
                : new MetricStatusBuilder()
                        .withType("Resource")
                        .withResource(new ResourceMetricStatusBuilder()
                                .withName(name)
                                .withCurrent(current)
                                .build())
                        .build();
    }

    private static Quantity amount(String resource, long milli) {
        return quantity(
                resource.equals("memory")
                        ? io.argosy.apimodel.quantity.Quantity.ofBytes(Math.ceilDiv(milli, 1000))
                        : io.argosy.apimodel.quantity.Quantity.ofMillis(milli));
    }

    private static MetricValueStatus average(long milli) {
        MetricValueStatus status = new MetricValueStatus();
        status.setAverageValue(quantity(io.argosy.apimodel.quantity.Quantity.ofMillis(milli)));
        return status;
    }

    private static MetricValueStatus value(long milli) {
        MetricValueStatus status = new MetricValueStatus();
        status.setValue(quantity(io.argosy.apimodel.quantity.Quantity.ofMillis(milli)));
        return status;
    }

    private static Quantity quantity(io.argosy.apimodel.quantity.Quantity amount) {
        return Quantity.parse(amount.toString());
    }
}
