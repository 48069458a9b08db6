package io.argosy.apiserver.flowcontrol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FairQueuesTest {

    private final AtomicLong now = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private final BlockingQueue<Entry> entered = new LinkedBlockingQueue<>();

    private record Entry(String flow, FairQueues.Turn turn) {}

    private static LevelSettings level(boolean exempt, int queues, int length) {
        return new LevelSettings("l", "", exempt, 1, 0, Optional.empty(), queues, 4, length);
    }

    private FairQueues of(int seats, int queues, int length) {
        return new FairQueues(level(false, queues, length), seats, now::get);
    }

    private static FairQueues.Ticket ticket(String flow, int width) {
        return new FairQueues.Ticket("s", flow, width, Instant.EPOCH);
    }

    private static FairQueues.Turn turn(FairQueues queues, String flow, int width) throws InterruptedException {
        return assertInstanceOf(
                        FairQueues.Result.Entered.class, queues.enter(ticket(flow, width), Duration.ofMinutes(1)))
                .turn();
    }

    /** A request that waits in a thread of its own. */
    private void waiting(FairQueues queues, String flow, int width) {
        int before = queues.state().waiting();
        threads.add(Thread.ofVirtual().start(() -> {
            try {
                entered.add(new Entry(flow, turn(queues, flow, width)));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }));
        while (queues.state().waiting() == before) {
            Thread.onSpinWait();
        }
    }

    private Entry next() throws InterruptedException {
        return Optional.ofNullable(entered.poll(20, TimeUnit.SECONDS)).orElseThrow();
    }

    @AfterEach
    void stop() {
        threads.forEach(Thread::interrupt);
    }

    @Test
    void aFlowThatAsksForLittleDoesNotWaitForOneThatAsksForMuch() throws InterruptedException {
        FairQueues queues = of(1, 64, 50);
        FairQueues.Turn running = turn(queues, "noisy", 1);
        for (int i = 0; i < 20; i++) {
            waiting(queues, "noisy", 1);
        }
        waiting(queues, "quiet", 1);
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            running.close();
            Entry entry = next();
            order.add(entry.flow());
            running = entry.turn();
        }
        assertTrue(order.indexOf("quiet") >= 0 && order.indexOf("quiet") <= 4, order.toString());
    }

    @Test
    void requestsOfOneFlowInOneQueueKeepTheirOrder() throws InterruptedException {
        FairQueues queues = of(1, 1, 50);
        FairQueues.Turn running = turn(queues, "x", 1);
        for (String flow : List.of("a", "b", "c")) {
            waiting(queues, flow, 1);
        }
        for (String flow : List.of("a", "b", "c")) {
            running.close();
            Entry entry = next();
            assertEquals(flow, entry.flow());
            running = entry.turn();
        }
        running.close();
        assertTrue(queues.state().idle());
    }

    @Test
    void aFullQueueRefuses() throws InterruptedException {
        FairQueues queues = of(1, 1, 2);
        FairQueues.Turn running = turn(queues, "x", 1);
        waiting(queues, "a", 1);
        waiting(queues, "b", 1);
        assertEquals(
                new FairQueues.Result.Refused(FairQueues.Refusal.QUEUE_FULL),
                queues.enter(ticket("c", 1), Duration.ofMinutes(1)));
        assertEquals(new FairQueues.Counts(1, 1, 0, 0), queues.counts());
        running.close();
    }

    @Test
    void withoutQueuesWhatDoesNotFitIsRefused() throws InterruptedException {
        FairQueues queues = of(2, 0, 0);
        FairQueues.Turn first = turn(queues, "a", 1);
        FairQueues.Turn second = turn(queues, "a", 1);
        assertEquals(
                new FairQueues.Result.Refused(FairQueues.Refusal.CONCURRENCY_LIMIT),
                queues.enter(ticket("a", 1), Duration.ofMinutes(1)));
        first.close();
        first.close();
        assertEquals(1, queues.state().usedSeats());
        turn(queues, "a", 1);
        second.close();
    }

    @Test
    void whoWaitsTooLongIsRefusedAndForgotten() throws InterruptedException {
        FairQueues queues = of(1, 4, 50);
        FairQueues.Turn running = turn(queues, "x", 1);
        assertEquals(
                new FairQueues.Result.Refused(FairQueues.Refusal.TIME_OUT),
                queues.enter(ticket("y", 1), Duration.ofMillis(1)));
        assertEquals(0, queues.state().waiting());
        running.close();
    }

    @Test
    void whoIsInterruptedLeavesNothingBehind() throws InterruptedException {
        FairQueues queues = of(1, 4, 50);
        FairQueues.Turn running = turn(queues, "x", 1);
        waiting(queues, "y", 1);
        threads.getFirst().interrupt();
        threads.getFirst().join();
        assertEquals(0, queues.state().waiting());
        running.close();
        assertTrue(queues.state().idle());
    }

    @Test
    void aWideRequestTakesSeveralSeatsAndRunsAloneWhenItIsWiderThanAll() throws InterruptedException {
        FairQueues queues = of(4, 4, 50);
        FairQueues.Turn three = turn(queues, "a", 3);
        waiting(queues, "b", 2);
        waiting(queues, "c", 9);
        three.close();
        Entry two = next();
        assertEquals("b", two.flow());
        assertEquals(1, queues.state().waiting());
        two.turn().close();
        Entry nine = next();
        assertEquals(9, queues.state().usedSeats());
        nine.turn().close();
    }

    @Test
    void moreSeatsLetWaitersIn() throws InterruptedException {
        FairQueues queues = of(1, 4, 50);
        turn(queues, "a", 1);
        waiting(queues, "b", 1);
        queues.seats(2);
        assertEquals("b", next().flow());
    }

    @Test
    void exemptLevelsNeverWait() throws InterruptedException {
        FairQueues queues = new FairQueues(level(true, 0, 0), 0, now::get);
        for (int i = 0; i < 1000; i++) {
            turn(queues, "a", 10);
        }
        assertEquals(1000, queues.state().running());
    }
}
