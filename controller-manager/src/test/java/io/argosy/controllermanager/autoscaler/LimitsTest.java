package io.argosy.controllermanager.autoscaler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.client.request.ObjectJson;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private static Limits standard(int least, int most) {
        return new Limits(least, most, Optional.empty(), WINDOW);
    }

    private static Limits rules(String up, String down) {
        HorizontalPodAutoscalerBehavior behavior = ObjectJson.read(
                "{\"scaleUp\":{" + up + "},\"scaleDown\":{" + down + "}}", HorizontalPodAutoscalerBehavior.class);
        return new Limits(1, 100, Optional.of(behavior), WINDOW);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 5, 5, DesiredWithinRange",
        "3, 9, 6, ScaleUpLimit",
        "1, 9, 4, ScaleUpLimit",
        "8, 30, 10, TooManyReplicas",
        "5, 1, 2, TooFewReplicas",
    })
    void boundsByTheSpecAndTheRate(int current, int proposed, int replicas, String reason) {
        Limits.Bounded bounded = standard(2, 10).apply(current, proposed, new ScaleHistory(), NOW);
        assertEquals(replicas, bounded.replicas());
        assertEquals(reason, bounded.limit().reason());
    }

    @Test
    void believesInFewerPodsOnlyAfterTheWindow() {
        ScaleHistory history = new ScaleHistory();
        history.begin(8, NOW);
        Limits limits = standard(1, 10);
        Limits.Bounded early = limits.apply(8, 3, history, NOW.plusSeconds(60));
        assertEquals(8, early.replicas());
        assertEquals("ScaleDownStabilized", early.stabilized().reason());
        assertEquals(3, limits.apply(8, 3, history, NOW.plusSeconds(301)).replicas());
    }

    @ParameterizedTest
    @CsvSource({"Max, 20", "Min, 14", "Disabled, 10"})
    void choosesAmongPolicies(String select, int replicas) {
        Limits limits = rules(
                "\"selectPolicy\":\"" + select + "\",\"stabilizationWindowSeconds\":0,\"policies\":["
                        + "{\"type\":\"Pods\",\"value\":4,\"periodSeconds\":60},"
                        + "{\"type\":\"Percent\",\"value\":100,\"periodSeconds\":60}]",
                "\"selectPolicy\":\"Max\",\"policies\":[]");
        assertEquals(replicas, limits.apply(10, 50, new ScaleHistory(), NOW).replicas());
    }

    @Test
    void aRateCountsWhatWasDoneInItsPeriod() {
        Limits limits = rules(
                "\"selectPolicy\":\"Max\",\"policies\":[]",
                "\"selectPolicy\":\"Max\",\"stabilizationWindowSeconds\":0,\"policies\":["
                        + "{\"type\":\"Pods\",\"value\":3,\"periodSeconds\":60}]");
        ScaleHistory history = new ScaleHistory();
        Limits.Bounded first = limits.apply(10, 2, history, NOW);
        assertEquals(7, first.replicas());
        assertEquals("ScaleDownLimit", first.limit().reason());
        history.scaled(10, 7, NOW);
        assertEquals(7, limits.apply(7, 2, history, NOW.plusSeconds(30)).replicas());
        assertEquals(4, limits.apply(7, 2, history, NOW.plusSeconds(61)).replicas());
    }

    @Test
    void morePodsWaitForTheirWindowToo() {
        Limits limits = rules(
                "\"selectPolicy\":\"Max\",\"stabilizationWindowSeconds\":120,\"policies\":["
                        + "{\"type\":\"Percent\",\"value\":900,\"periodSeconds\":60}]",
                "\"selectPolicy\":\"Max\",\"stabilizationWindowSeconds\":0,\"policies\":[]");
        ScaleHistory history = new ScaleHistory();
        history.begin(4, NOW);
        Limits.Bounded bounded = limits.apply(4, 9, history, NOW.plusSeconds(60));
        assertEquals(4, bounded.replicas());
        assertEquals("ScaleUpStabilized", bounded.stabilized().reason());
        assertEquals(9, limits.apply(4, 9, history, NOW.plusSeconds(121)).replicas());
    }
}
