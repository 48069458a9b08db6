package io.argosy.controllermanager.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.client.request.ObjectJson;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeDecisionsTest {

    private static Node node(String ready, String taints) {
        return ObjectJson.read("""
                {"metadata":{"name":"n","creationTimestamp":"2026-01-01T00:00:00Z"},"spec":{"taints":%s},
                 "status":{"conditions":[{"type":"Ready","status":"%s","lastHeartbeatTime":"2026-01-01T00:00:00Z"}]}}
                """.formatted(taints, ready), Node.class);
    }

    private static List<String> keys(List<Taint> taints) {
        return taints.stream()
                .map(taint -> taint.getKey() + ":" + taint.getEffect())
                .toList();
    }

    @Test
    void taintsFollowConditionsAndLeaveOthersAlone() {
        String taints = "[{\"key\":\"mine\",\"effect\":\"NoSchedule\"},"
                + "{\"key\":\"node.kubernetes.io/not-ready\",\"effect\":\"NoSchedule\"}]";
        assertEquals(List.of("mine:NoSchedule"), keys(Taints.againstScheduling(node("True", taints), "now")));
        assertEquals(
                List.of("mine:NoSchedule", "node.kubernetes.io/unreachable:NoSchedule"),
                keys(Taints.againstScheduling(node("Unknown", taints), "now")));
        assertEquals(
                List.of("node.kubernetes.io/unreachable:NoExecute"),
                keys(Taints.againstRunning(
                        node("Unknown", "[{\"key\":\"node.kubernetes.io/not-ready\",\"effect\":\"NoExecute\"}]"),
                        Optional.of(Taints.UNREACHABLE),
                        "now")));
    }

    @Test
    void silenceIsMeasuredByTheOwnClock() {
        Node node = node("True", "[]");
        Heartbeat heartbeat = new Heartbeat(0);
        heartbeat.observe(node, Optional.empty(), 1_000);
        long later = 1_000 + Duration.ofSeconds(50).toNanos();
        heartbeat.observe(node, Optional.empty(), later);
        assertFalse(heartbeat.isSilent(later, Duration.ofSeconds(50)));
        assertTrue(heartbeat.isSilent(later + 1, Duration.ofSeconds(50)));
        assertEquals(4, Heartbeat.unknown(node, "now").orElseThrow().size());
    }

    @Test
    void aZoneThatIsGoneAltogetherIsNotEvictedAnyFaster() {
        assertEquals(ZoneHealth.FULL_DISRUPTION, ZoneHealth.of(0, 3, 0.55));
        assertEquals(ZoneHealth.PARTIAL_DISRUPTION, ZoneHealth.of(2, 3, 0.55));
        assertEquals(ZoneHealth.NORMAL, ZoneHealth.of(1, 2, 0.55));
        assertEquals(0, ZoneHealth.FULL_DISRUPTION.rate(true, 3, 0.1, 0.01, 50));
        assertEquals(0.1, ZoneHealth.FULL_DISRUPTION.rate(false, 3, 0.1, 0.01, 50));
        assertEquals(0, ZoneHealth.PARTIAL_DISRUPTION.rate(false, 50, 0.1, 0.01, 50));
        assertEquals(0.01, ZoneHealth.PARTIAL_DISRUPTION.rate(false, 51, 0.1, 0.01, 50));
    }

    @Test
    void podsStayAsLongAsTheyTolerate() {
        Instant now = Instant.parse("2026-01-01T00:10:00Z");
        Taint taint = new Taint("NoExecute", "k", "2026-01-01T00:09:00Z", null);
        Pod plain = ObjectJson.read("{\"spec\":{}}", Pod.class);
        assertEquals(Optional.of(now), TaintEvictionController.endOfStay(List.of(taint), plain, now));
        Pod patient = ObjectJson.read(
                "{\"spec\":{\"tolerations\":[{\"key\":\"k\",\"operator\":\"Exists\",\"tolerationSeconds\":300}]}}",
                Pod.class);
        assertEquals(
                Optional.of(Instant.parse("2026-01-01T00:14:00Z")),
                TaintEvictionController.endOfStay(List.of(taint), patient, now));
        Pod forever = ObjectJson.read("{\"spec\":{\"tolerations\":[{\"operator\":\"Exists\"}]}}", Pod.class);
        assertEquals(Optional.empty(), TaintEvictionController.endOfStay(List.of(taint), forever, now));
    }

    @Test
    void rangesAreCutOnceAndGivenBack() {
        CidrPool pool = new CidrPool("10.244.0.0/22", 24);
        pool.occupy("10.244.1.0/24");
        pool.occupy("10.96.0.0/16");
        assertEquals(Optional.of("10.244.0.0/24"), pool.take());
        assertEquals(Optional.of("10.244.2.0/24"), pool.take());
        assertEquals(Optional.of("10.244.3.0/24"), pool.take());
        assertEquals(Optional.empty(), pool.take());
        pool.release("10.244.1.0/24");
        assertEquals(Optional.of("10.244.1.0/24"), pool.take());
        assertEquals(Optional.of("fd00:1::/64"), new CidrPool("fd00:1::/48", 64).take());
    }
}
