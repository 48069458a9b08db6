package io.argosy.controllermanager.autoscaler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.client.request.ObjectJson;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.autoscaling.v2.CrossVersionObjectReference;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationTest {

    private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

    /** Answers from what it was given. */
    private record Fixed(Map<String, Sample> samples, long value) implements MetricSource {

        @Override
        public Map<String, Sample> resource(
                String ns, LabelSelector pods, String resource, Optional<String> container) {
            return samples;
        }

        @Override
        public Map<String, Sample> pods(String ns, LabelSelector pods, String metric, LabelSelector which) {
            return samples;
        }

        @Override
        public long object(String ns, CrossVersionObjectReference object, String metric, LabelSelector which) {
            return value;
        }

        @Override
        public List<Long> external(String ns, String metric, LabelSelector which) {
            return List.of(value);
        }
    }

    private static Pod pod(String name, String phase, String ready, String started) {
        return ObjectJson.read("""
                {"metadata":{"name":"%s","namespace":"n"},
                 "spec":{"containers":[{"name":"a","resources":{"requests":{"cpu":"1"}}}]},
                 "status":{"phase":"%s","startTime":"%s",
                  "conditions":[{"type":"Ready","status":"%s","lastTransitionTime":"2026-01-01T00:00:10Z"}]}}
                """.formatted(name, phase, started, ready), Pod.class);
    }

    private static Measured cpu(int target, List<Pod> pods, Map<String, Sample> samples) {
        MetricSpec metric = ObjectJson.read("""
                {"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":%d}}}
                """.formatted(target), MetricSpec.class);
        return evaluation(pods, samples, 0).of(metric);
    }

    private static Evaluation evaluation(List<Pod> pods, Map<String, Sample> samples, long value) {
        return new Evaluation(
                new Fixed(samples, value),
                "n",
                pods.size(),
                pods.size(),
                LabelSelector.everything(),
                pods,
                new ReplicaMath.Tolerance(0.1, 0.1),
                new PodGroups.Youth(Duration.ofMinutes(5), Duration.ofSeconds(30)),
                NOW);
    }

    private static Sample used(long milli) {
        return new Sample(milli, NOW, Duration.ofSeconds(30));
    }

    private static int replicas(Measured measured) {
        return assertInstanceOf(Measured.Proposal.class, measured).replicas();
    }

    /** Pods: r ready, m not measured, p pending, d failed; the ready ones use so many thousandths of a CPU each. */
    @ParameterizedTest
    @CsvSource({
        "rrr, 300, 30, 3",
        "rrr, 600, 30, 6",
        "rrr, 320, 30, 3",
        "rrr, 100, 30, 1",
        "rrp, 600, 30, 4",
        "rrp, 200, 40, 1",
        "rrm, 600, 30, 4",
        "rrm, 300, 50, 3",
        "rrd, 600, 30, 4",
        "rpp, 330, 30, 3",
    })
    void countsPodsByWhatIsKnownOfThem(String kinds, long each, int target, int wanted) {
        List<Pod> pods = new ArrayList<>();
        Map<String, Sample> samples = new HashMap<>();
        for (int i = 0; i < kinds.length(); i++) {
            String phase = switch (kinds.charAt(i)) {
                case 'p' -> "Pending";
                case 'd' -> "Failed";
                default -> "Running";
            };
            pods.add(pod("p" + i, phase, "True", "2026-01-01T00:00:00Z"));
            if (kinds.charAt(i) == 'r') {
                samples.put("p" + i, used(each));
            }
        }
        assertEquals(wanted, replicas(cpu(target, pods, samples)));
    }

    @Test
    void youngPodsThatAreNotReadyCountAsIdle() {
        Pod old = pod("old", "Running", "True", "2026-01-01T00:00:00Z");
        Pod young = pod("young", "Running", "False", "2026-01-01T00:58:00Z");
        Map<String, Sample> samples = Map.of("old", used(900), "young", used(1000));
        assertEquals(3, replicas(cpu(30, List.of(old, young), samples)));
    }

    @Test
    void withoutMeasuresThereIsNoProposal() {
        Measured measured = cpu(30, List.of(pod("a", "Pending", "False", "2026-01-01T00:00:00Z")), Map.of());
        Measured.Failure failure = assertInstanceOf(Measured.Failure.class, measured);
        assertEquals("FailedGetResourceMetric", failure.reason());
        assertTrue(failure.error()
                .startsWith("failed to get cpu resource metric value: failed to get cpu utilization: did not receive"));
    }

    @Test
    void aMissingRequestIsToldByPodAndContainer() {
        Pod pod = pod("a", "Running", "True", "2026-01-01T00:00:00Z");
        pod.getSpec().getContainers().getFirst().setResources(null);
        Measured measured = cpu(30, List.of(pod), Map.of("a", used(1)));
        assertEquals(
                "failed to get cpu utilization: missing request for cpu in container a of Pod a",
                assertInstanceOf(Measured.Failure.class, measured).message());
    }

    @ParameterizedTest
    @CsvSource({
        "External, Value, 20, 4",
        "External, AverageValue, 20, 2",
        "Object, Value, 10, 8",
        "Object, AverageValue, 40, 1",
    })
    void oneValueForAllPods(String type, String target, int wanted, int replicas) {
        String field = target.equals("Value") ? "value" : "averageValue";
        MetricSpec metric = ObjectJson.read(
                """
                {"type":"%s","%s":{"metric":{"name":"m"},"describedObject":{"kind":"Service","name":"s"},
                 "target":{"type":"%s","%s":"%d"}}}
                """.formatted(type, type.toLowerCase(java.util.Locale.ROOT), target, field, wanted), MetricSpec.class);
        List<Pod> pods = List.of(
                pod("a", "Running", "True", "2026-01-01T00:00:00Z"),
                pod("b", "Running", "True", "2026-01-01T00:00:00Z"));
        assertEquals(replicas, replicas(evaluation(pods, Map.of(), 40_000).of(metric)));
    }
}
