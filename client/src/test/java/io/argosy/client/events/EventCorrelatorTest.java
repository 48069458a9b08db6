package io.argosy.client.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.client.events.EventCorrelator.Repeat;
import io.argosy.client.events.EventCorrelator.Verdict;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EventCorrelatorTest {

    private final EventCorrelator correlator = new EventCorrelator();

    private static ObjectReference pod(String name) {
        return new ObjectReferenceBuilder()
                .withKind("Pod")
                .withNamespace("n")
                .withName(name)
                .build();
    }

    private Verdict judge(String pod, String message, Duration at) {
        return correlator.judge(pod(pod), "Normal", "Pulled", message, at.toNanos());
    }

    private static Verdict.Send sent(Verdict verdict) {
        return assertInstanceOf(Verdict.Send.class, verdict);
    }

    @Test
    void whatRepeatsIsOneEventWithACount() {
        Repeat first = sent(judge("a", "m", Duration.ZERO)).repeat();
        Repeat second = sent(judge("a", "m", Duration.ofSeconds(1))).repeat();
        assertSame(first, second);
        assertEquals(2, second.count);
    }

    @Test
    void theTenthThatDiffersOnlyInItsTextIsCombined() {
        for (int i = 1; i < 10; i++) {
            assertEquals("m" + i, sent(judge("a", "m" + i, Duration.ZERO)).message());
        }
        Verdict.Send tenth = sent(judge("a", "m10", Duration.ZERO));
        assertEquals("(combined from similar events): m10", tenth.message());
        assertSame(tenth.repeat(), sent(judge("a", "m11", Duration.ZERO)).repeat());
        assertEquals("m12", sent(judge("a", "m12", Duration.ofMinutes(11))).message());
    }

    @Test
    void oneObjectGetsTwentyFiveAtOnceAndOneInFiveMinutes() {
        for (int i = 0; i < 25; i++) {
            sent(judge("a", "m", Duration.ZERO));
        }
        assertInstanceOf(Verdict.Drop.class, judge("a", "m", Duration.ZERO));
        sent(judge("b", "m", Duration.ZERO));
        sent(judge("a", "m", Duration.ofMinutes(5)));
        assertInstanceOf(Verdict.Drop.class, judge("a", "m", Duration.ofMinutes(5)));
    }

    @Test
    void anEventThatWaitsTakesOnePlaceHoweverOftenItRepeats() throws InterruptedException {
        EventLane lane = new EventLane(2);
        Repeat one = new Repeat();
        Repeat other = new Repeat();
        assertTrue(lane.offer(one));
        assertTrue(lane.offer(one));
        assertTrue(lane.offer(other));
        assertEquals(2, lane.size());
        assertFalse(lane.offer(new Repeat()));
        assertSame(one, lane.take());
        EventLane.taken(one);
        assertTrue(lane.offer(one));
        assertSame(other, lane.take());
        assertSame(one, lane.take());
    }
}
