package io.argosy.daemon.lifecycle;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StartPhaseTest {

    @Test
    void aSignalEndsAStartThatWaits() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread starting = Thread.ofPlatform().start(() -> {
            try {
                begun.countDown();
                new CountDownLatch(1).await();
            } catch (InterruptedException _) {
                interrupted.countDown();
            }
        });
        StartPhase phase = new StartPhase(starting);
        begun.await();
        phase.breakOff();
        interrupted.await();
        starting.join();
    }

    @Test
    void aSignalAfterwardsInterruptsNobody() {
        StartPhase phase = new StartPhase(Thread.currentThread());
        phase.over();
        phase.breakOff();
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void aSignalAtTheLastMomentIsForgotten() {
        StartPhase phase = new StartPhase(Thread.currentThread());
        phase.breakOff();
        assertTrue(Thread.currentThread().isInterrupted());
        phase.over();
        assertFalse(Thread.currentThread().isInterrupted());
    }
}
