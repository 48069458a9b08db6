package io.argosy.controllermanager.autoscaler;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.informer.Informer;
import io.argosy.client.request.ObjectJson;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRules;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Looks at one autoscaler: measures, bounds the proposal, scales the target, tells its status. */
final class AutoscalerReconciler {

    private final ControllerContext context;
    private final Informer<HorizontalPodAutoscaler> autoscalers;
    private final TargetPods targets;
    private final MetricSource source;
    private final AutoscalerController.Settings settings;

    /** One for each autoscaler that there is; removed with it. */
    private final Map<ObjectKey, ScaleHistory> histories = new ConcurrentHashMap<>();

    AutoscalerReconciler(
            ControllerContext context,
            Informer<HorizontalPodAutoscaler> autoscalers,
            TargetPods targets,
            MetricSource source,
            AutoscalerController.Settings settings) {
        this.context = context;
        this.autoscalers = autoscalers;
        this.targets = targets;
        this.source = source;
        this.settings = settings;
    }

    /** What all metrics together came to: the largest proposal, or why there is none. */
    private sealed interface Round {

        record Wanted(int replicas, String metric, List<MetricStatus> statuses) implements Round {}

        record Failed(String error, List<MetricStatus> statuses) implements Round {}
    }

    /** How many pods there shall be, and why there shall be others than there are. */
    private record Aim(int replicas, String why, List<MetricStatus> statuses) {}

    Outcome reconcile(ObjectKey key) {
        Optional<HorizontalPodAutoscaler> found = autoscalers.get(key);
        if (found.isEmpty()) {
            histories.remove(key);
            targets.forget(key);
            return Outcome.DONE;
        }
        HorizontalPodAutoscaler autoscaler = found.get();
        Instant now = context.clock().instant();
        Standing standing = new Standing(autoscaler, now);
        try {
            round(key, autoscaler, standing, now);
        } finally {
            write(autoscaler, standing);
        }
        return Outcome.later(settings.period());
    }

    private void round(ObjectKey key, HorizontalPodAutoscaler autoscaler, Standing standing, Instant now) {
        Target target;
        try {
            target = Target.of(
                    context.client(), key.namespace(), autoscaler.getSpec().getScaleTargetRef());
        } catch (ApiException e) {
            context.events().warning(autoscaler, "FailedGetScale", e.message());
            standing.condition(
                    Standing.ABLE,
                    false,
                    "FailedGetScale",
                    "the HPA controller was unable to get the target's current scale: " + e.message());
            return;
        }
        standing.condition(
                Standing.ABLE,
                true,
                "SucceededGetScale",
                "the HPA controller was able to get the target's current scale");
        int current = target.wanted();
        ScaleHistory history = histories.computeIfAbsent(key, k -> new ScaleHistory());
        history.begin(current, now);
        Optional<Aim> aim = aim(key, autoscaler, standing, target, history, now);
        aim.ifPresent(each -> {
            if (each.replicas() == current) {
                standing.counts(current, current, each.statuses());
            } else {
                scale(autoscaler, standing, target, each, history, now);
            }
        });
    }

    private Optional<Aim> aim(
            ObjectKey key,
            HorizontalPodAutoscaler autoscaler,
            Standing standing,
            Target target,
            ScaleHistory history,
            Instant now) {
        int current = target.wanted();
        int most = autoscaler.getSpec().getMaxReplicas();
        int least = autoscaler.getSpec().getMinReplicas() == null
                ? 1
                : autoscaler.getSpec().getMinReplicas();
        if (current == 0) {
            standing.condition(
                    Standing.ACTIVE,
                    false,
                    "ScalingDisabled",
                    "scaling is disabled since the replica count of the target is zero");
            return Optional.of(new Aim(0, "", List.of()));
        }
        if (current > most) {
            return Optional.of(new Aim(most, "Current number of replicas above Spec.MaxReplicas", List.of()));
        }
        if (current < least) {
            return Optional.of(new Aim(least, "Current number of replicas below Spec.MinReplicas", List.of()));
        }
        return switch (measure(key, autoscaler, standing, target, now)) {
            case Round.Failed(String error, List<MetricStatus> statuses) -> {
                standing.counts(current, statuses);
                context.events().warning(autoscaler, "FailedComputeMetricsReplicas", error);
                yield Optional.empty();
            }
            case Round.Wanted(int replicas, String metric, List<MetricStatus> statuses) -> {
                Limits limits = new Limits(
                        least, most, Optional.ofNullable(autoscaler.getSpec().getBehavior()), settings.window());
                Limits.Bounded bounded = limits.apply(current, replicas, history, now);
                standing.condition(
                        Standing.ABLE,
                        true,
                        bounded.stabilized().reason(),
                        bounded.stabilized().message());
                standing.condition(
                        Standing.LIMITED,
                        bounded.limited(),
                        bounded.limit().reason(),
                        bounded.limit().message());
                String why = replicas > current
                        ? metric + " above target"
                        : replicas < current ? "All metrics below target" : "";
                yield Optional.of(new Aim(bounded.replicas(), why, statuses));
            }
        };
    }

    private Round measure(
            ObjectKey key, HorizontalPodAutoscaler autoscaler, Standing standing, Target target, Instant now) {
        Optional<LabelSelector> selector = targets.selector(key, autoscaler, standing, target);
        if (selector.isEmpty()) {
            return new Round.Failed("the selector of the target cannot be used", List.of());
        }
        Evaluation evaluation = new Evaluation(
                source,
                key.namespace(),
                target.wanted(),
                target.counted(),
                selector.get(),
                targets.selected(key.namespace(), selector.get()),
                tolerance(autoscaler),
                new PodGroups.Youth(settings.initialization(), settings.readiness()),
                now);
        return merge(autoscaler, standing, target.wanted(), evaluation);
    }

    /** The largest proposal counts; when a metric fails, the others may make more pods but not fewer. */
    private Round merge(HorizontalPodAutoscaler autoscaler, Standing standing, int current, Evaluation evaluation) {
        List<MetricSpec> metrics = autoscaler.getSpec().getMetrics() == null
                ? List.of()
                : autoscaler.getSpec().getMetrics();
        List<MetricStatus> statuses = new ArrayList<>();
        List<Measured.Failure> failures = new ArrayList<>();
        Measured.Proposal best = null;
        for (MetricSpec metric : metrics) {
            switch (evaluation.of(metric)) {
                case Measured.Proposal proposal -> {
                    statuses.add(proposal.status());
                    if (best == null || proposal.replicas() > best.replicas()) {
                        best = proposal;
                    }
                }
                case Measured.Failure failure -> {
                    context.events().warning(autoscaler, failure.reason(), failure.message());
                    failures.add(failure);
                }
            }
        }
        if (best == null || (!failures.isEmpty() && best.replicas() < current)) {
            if (failures.isEmpty()) {
                return new Round.Failed("no metrics are specified", statuses);
            }
            Measured.Failure first = failures.getFirst();
            standing.condition(
                    Standing.ACTIVE,
                    false,
                    first.reason(),
                    "the HPA was unable to compute the replica count: " + first.message());
            return new Round.Failed(
                    "invalid metrics (" + failures.size() + " invalid out of " + metrics.size() + "), first error is: "
                            + first.error(),
                    statuses);
        }
        standing.condition(
                Standing.ACTIVE,
                true,
                "ValidMetricFound",
                "the HPA was able to successfully calculate a replica count from " + best.name());
        return new Round.Wanted(best.replicas(), best.name(), statuses);
    }

    private ReplicaMath.Tolerance tolerance(HorizontalPodAutoscaler autoscaler) {
        var behavior = autoscaler.getSpec().getBehavior();
        return new ReplicaMath.Tolerance(
                tolerance(behavior == null ? null : behavior.getScaleDown()),
                tolerance(behavior == null ? null : behavior.getScaleUp()));
    }

    private double tolerance(@Nullable HPAScalingRules rules) {
        return rules == null || rules.getTolerance() == null
                ? settings.tolerance()
                : Requests.milli(rules.getTolerance()) / 1000.0;
    }

    private void scale(
            HorizontalPodAutoscaler autoscaler,
            Standing standing,
            Target target,
            Aim aim,
            ScaleHistory history,
            Instant now) {
        int current = target.wanted();
        try {
            target.scaleTo(aim.replicas());
        } catch (ApiException e) {
            context.events()
                    .warning(
                            autoscaler,
                            "FailedRescale",
                            "New size: " + aim.replicas() + "; reason: " + aim.why() + "; error: " + e.message());
            standing.condition(
                    Standing.ABLE,
                    false,
                    "FailedUpdateScale",
                    "the HPA controller was unable to update the target scale: " + e.message());
            standing.counts(current, aim.statuses());
            return;
        }
        standing.condition(
                Standing.ABLE,
                true,
                "SucceededRescale",
                "the HPA controller was able to update the target scale to " + aim.replicas());
        context.events()
                .normal(autoscaler, "SuccessfulRescale", "New size: " + aim.replicas() + "; reason: " + aim.why());
        history.scaled(current, aim.replicas(), now);
        standing.counts(current, aim.replicas(), aim.statuses());
        standing.scaled();
    }

    private void write(HorizontalPodAutoscaler autoscaler, Standing standing) {
        if (standing.changed()) {
            HorizontalPodAutoscaler next = ObjectJson.copy(autoscaler);
            next.setStatus(standing.status());
            context.client().resource(HorizontalPodAutoscaler.class).updateStatus(next);
        }
    }
}
