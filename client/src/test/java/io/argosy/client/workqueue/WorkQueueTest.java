package io.argosy.client.workqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.daemon.clock.VirtualClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkQueueTest {

    private final VirtualClock clock = new VirtualClock();
    private final WorkQueue<String> queue = new WorkQueue<>(clock);

    @Test
    void aKeyWaitsOnce() {
        queue.add("a");
        queue.add("b");
        queue.add("a");
        assertEquals(Optional.of("a"), queue.poll());
        assertEquals(Optional.of("b"), queue.poll());
        assertEquals(Optional.empty(), queue.poll());
    }

    @Test
    void aKeyThatIsWorkedOnWaitsUntilDone() {
        queue.add("a");
        queue.poll();
        queue.add("a");
        assertEquals(Optional.empty(), queue.poll());
        queue.done("a");
        assertEquals(Optional.of("a"), queue.poll());
    }

    @Test
    void failuresBackOffAndAreForgotten() {
        queue.addRateLimited("a");
        clock.advance(Duration.ofMillis(4));
        assertEquals(Optional.empty(), queue.poll());
        clock.advance(Duration.ofMillis(1));
        assertEquals(Optional.of("a"), queue.poll());
        queue.done("a");
        queue.addRateLimited("a");
        clock.advance(Duration.ofMillis(9));
        assertEquals(Optional.empty(), queue.poll());
        clock.advance(Duration.ofMillis(1));
        assertEquals(Optional.of("a"), queue.poll());
        assertEquals(2, queue.failures("a"));
        queue.forget("a");
        assertEquals(0, queue.failures("a"));
    }

    @Test
    void theShortestDelayHolds() {
        queue.addAfter("a", Duration.ofSeconds(10));
        queue.addAfter("a", Duration.ofSeconds(5));
        queue.addAfter("a", Duration.ofSeconds(20));
        clock.advance(Duration.ofSeconds(5));
        assertEquals(Optional.of("a"), queue.poll());
        queue.done("a");
        clock.advance(Duration.ofSeconds(20));
        assertEquals(Optional.empty(), queue.poll());
        assertTrue(queue.isIdle());
    }

    @Test
    void takersReturnWhenShutDown() throws InterruptedException {
        queue.add("a");
        queue.shutDown();
        assertEquals(Optional.empty(), queue.take());
    }
}
