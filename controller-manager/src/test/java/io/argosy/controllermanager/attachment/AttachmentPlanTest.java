package io.argosy.controllermanager.attachment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AttachmentPlanTest {

    private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");
    private static final Attachable ONE = new Attachable("pv", "d", "h", false);
    private static final Attachable SHARED = new Attachable("pv", "d", "h", true);
    private static final AttachmentPlan.View IDLE = new AttachmentPlan.View(true, false, Set.of());
    private static final AttachmentPlan.View MOUNTED =
            new AttachmentPlan.View(true, false, Set.of("kubernetes.io/csi/d^h"));

    private static AttachmentPlan.Existing attached() {
        return new AttachmentPlan.Existing(ONE, true, false);
    }

    @Test
    void attachesWhatPodsUseUnlessAnotherNodeHasItAlone() {
        assertEquals(
                List.of(ONE),
                AttachmentPlan.of(List.of(ONE), List.of(), Set.of(), IDLE, Map.of(), NOW)
                        .attach());
        AttachmentPlan taken = AttachmentPlan.of(List.of(ONE), List.of(), Set.of("pv"), IDLE, Map.of(), NOW);
        assertEquals(List.of(), taken.attach());
        assertEquals(List.of(ONE), taken.blocked());
        assertEquals(
                List.of(SHARED),
                AttachmentPlan.of(List.of(SHARED), List.of(), Set.of("pv"), IDLE, Map.of(), NOW)
                        .attach());
    }

    @Test
    void showsWhatIsAttached() {
        assertEquals(
                Set.of("kubernetes.io/csi/d^h"),
                AttachmentPlan.of(List.of(ONE), List.of(attached()), Set.of(), IDLE, Map.of(), NOW)
                        .shown());
        assertEquals(
                Set.of(),
                AttachmentPlan.of(
                                List.of(ONE),
                                List.of(new AttachmentPlan.Existing(ONE, false, false)),
                                Set.of(),
                                IDLE,
                                Map.of(),
                                NOW)
                        .shown());
    }

    @Test
    void detachesWhatIsNotMountedAndWaitsForTheRest() {
        assertEquals(
                List.of(ONE),
                AttachmentPlan.of(List.of(), List.of(attached()), Set.of(), IDLE, Map.of(), NOW)
                        .detach());
        AttachmentPlan waits = AttachmentPlan.of(List.of(), List.of(attached()), Set.of(), MOUNTED, Map.of(), NOW);
        assertEquals(List.of(), waits.detach());
        assertEquals(1, waits.shown().size());
        assertTrue(waits.recheck().isPresent());
    }

    @Test
    void takesFromDeadNodesAfterAWhileAndFromThoseOutOfServiceAtOnce() {
        Map<String, Instant> since = Map.of("pv", NOW.minusSeconds(361));
        AttachmentPlan.View dead = new AttachmentPlan.View(false, false, MOUNTED.inUse());
        AttachmentPlan.View gone = new AttachmentPlan.View(false, true, MOUNTED.inUse());
        assertEquals(
                List.of(ONE),
                AttachmentPlan.of(List.of(), List.of(attached()), Set.of(), dead, since, NOW)
                        .detach());
        assertEquals(
                List.of(),
                AttachmentPlan.of(List.of(), List.of(attached()), Set.of(), MOUNTED, since, NOW)
                        .detach());
        assertEquals(
                List.of(ONE),
                AttachmentPlan.of(List.of(), List.of(attached()), Set.of(), gone, Map.of(), NOW)
                        .detach());
    }

    @Test
    void namesAttachmentsAsDriversExpectThem() {
        assertEquals(
                "csi-3d857d1a22c59f23abbd66bae40bd13d08e69ebb7c0dd7d8cbb4ff6cc6f4bb3d".length(),
                ONE.attachment("n").length());
        assertEquals(ONE.attachment("n"), SHARED.attachment("n"));
    }
}
