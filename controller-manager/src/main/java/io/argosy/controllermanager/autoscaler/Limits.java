package io.argosy.controllermanager.autoscaler;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingPolicy;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRules;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a proposal becomes by the least and the most pods, by windows and by rates. It notes the proposal in the history.
 *
 * @param window the standard one before fewer pods are believed to be enough
 */
record Limits(int least, int most, Optional<HorizontalPodAutoscalerBehavior> behavior, Duration window) {

    /** A reason and a message, as conditions have them. */
    record Why(String reason, String message) {}

    /**
     * The outcome.
     *
     * @param limited whether a limit, and not the measures, decided
     */
    record Bounded(int replicas, Why stabilized, boolean limited, Why limit) {}

    private static final Why READY = new Why("ReadyForNewScale", "recommended size matches current size");
    private static final Why WITHIN = new Why("DesiredWithinRange", "the desired count is within the acceptable range");
    private static final Why TOO_FEW =
            new Why("TooFewReplicas", "the desired replica count is less than the minimum replica count");
    private static final Why TOO_MANY =
            new Why("TooManyReplicas", "the desired replica count is more than the maximum replica count");
    private static final Why TOO_FAST_UP =
            new Why("ScaleUpLimit", "the desired replica count is increasing faster than the maximum scale rate");
    private static final Why TOO_FAST_DOWN =
            new Why("ScaleDownLimit", "the desired replica count is decreasing faster than the maximum scale rate");
    private static final Why WAS_HIGHER = new Why(
            "ScaleDownStabilized",
            "recent recommendations were higher than current one, applying the highest recent recommendation");
    private static final Why WAS_LOWER = new Why(
            "ScaleUpStabilized",
            "recent recommendations were lower than current one, applying the lowest recent recommendation");

    Bounded apply(int current, int proposed, ScaleHistory history, Instant now) {
        return behavior.isPresent()
                ? byRules(behavior.get(), current, proposed, history, now)
                : standard(current, proposed, history, now);
    }

    /** At most twice as many at once, or four; fewer only when fewer were enough for a while. */
    private Bounded standard(int current, int proposed, ScaleHistory history, Instant now) {
        int stable = history.highestSince(now.minus(window), proposed);
        history.proposed(proposed, now);
        Why stabilized = stable == proposed ? READY : WAS_HIGHER;
        int rate = (int) Math.max(Math.min(2L * current, Integer.MAX_VALUE), 4);
        if (stable < least) {
            return new Bounded(least, stabilized, true, TOO_FEW);
        }
        if (stable > Math.min(most, rate)) {
            return new Bounded(Math.min(most, rate), stabilized, true, most > rate ? TOO_FAST_UP : TOO_MANY);
        }
        return new Bounded(stable, stabilized, false, WITHIN);
    }

    private Bounded byRules(
            HorizontalPodAutoscalerBehavior rules, int current, int proposed, ScaleHistory history, Instant now) {
        int stable = stabilize(rules, current, proposed, history, now);
        history.proposed(proposed, now);
        Why stabilized = stable == proposed ? READY : proposed >= current ? WAS_LOWER : WAS_HIGHER;
        if (stable > current) {
            int rate = Math.max(current, upTo(rules.getScaleUp(), current, history, now));
            int top = Math.min(most, rate);
            return stable > top
                    ? new Bounded(top, stabilized, true, most > rate ? TOO_FAST_UP : TOO_MANY)
                    : new Bounded(stable, stabilized, false, WITHIN);
        }
        if (stable < current) {
            int rate = Math.min(current, downTo(rules.getScaleDown(), current, history, now));
            int bottom = Math.max(least, rate);
            return stable < bottom
                    ? new Bounded(bottom, stabilized, true, least < rate ? TOO_FAST_DOWN : TOO_FEW)
                    : new Bounded(stable, stabilized, false, WITHIN);
        }
        return new Bounded(stable, stabilized, false, WITHIN);
    }

    private int stabilize(
            HorizontalPodAutoscalerBehavior rules, int current, int proposed, ScaleHistory history, Instant now) {
        int low = history.lowestSince(now.minus(window(rules.getScaleUp(), Duration.ZERO)), proposed);
        int high = history.highestSince(now.minus(window(rules.getScaleDown(), window)), proposed);
        return Math.min(Math.max(current, low), high);
    }

    private static Duration window(@Nullable HPAScalingRules rules, Duration standard) {
        return rules == null || rules.getStabilizationWindowSeconds() == null
                ? standard
                : Duration.ofSeconds(rules.getStabilizationWindowSeconds());
    }

    private static List<HPAScalingPolicy> policies(@Nullable HPAScalingRules rules) {
        return rules == null || rules.getPolicies() == null ? List.of() : rules.getPolicies();
    }

    private static String select(@Nullable HPAScalingRules rules) {
        return rules == null || rules.getSelectPolicy() == null ? "Max" : rules.getSelectPolicy();
    }

    private static int upTo(@Nullable HPAScalingRules rules, int current, ScaleHistory history, Instant now) {
        if (select(rules).equals("Disabled")) {
            return current;
        }
        var wanted = policies(rules).stream().mapToInt(policy -> {
            int start = history.replicasAt(now.minusSeconds(policy.getPeriodSeconds()), current);
            return policy.getType().equals("Pods")
                    ? start + policy.getValue()
                    : ReplicaMath.ceil(start * (1 + policy.getValue() / 100.0));
        });
        return select(rules).equals("Min")
                ? wanted.min().orElse(Integer.MAX_VALUE)
                : wanted.max().orElse(Integer.MIN_VALUE);
    }

    private static int downTo(@Nullable HPAScalingRules rules, int current, ScaleHistory history, Instant now) {
        if (select(rules).equals("Disabled")) {
            return current;
        }
        var wanted = policies(rules).stream().mapToInt(policy -> {
            int start = history.replicasAt(now.minusSeconds(policy.getPeriodSeconds()), current);
            return policy.getType().equals("Pods")
                    ? start - policy.getValue()
                    : (int) (start * (1 - policy.getValue() / 100.0));
        });
        return select(rules).equals("Min")
                ? wanted.max().orElse(Integer.MIN_VALUE)
                : wanted.min().orElse(Integer.MAX_VALUE);
    }
}
