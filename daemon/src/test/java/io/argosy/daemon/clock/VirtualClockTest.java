package io.argosy.daemon.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualClockTest {

    @Test
    void runsTimersInTheOrderOfTheirTimes() {
        VirtualClock clock = new VirtualClock();
        List<String> ran = new ArrayList<>();
        clock.after(Duration.ofSeconds(2), () -> ran.add("b@" + clock.nanoTime() / 1_000_000_000));
        clock.after(Duration.ofSeconds(1), () -> {
            ran.add("a");
            clock.after(Duration.ofMillis(500), () -> ran.add("nested"));
        });
        clock.after(Duration.ofSeconds(1), () -> ran.add("never")).cancel();
        clock.advance(Duration.ofSeconds(3));
        assertEquals(List.of("a", "nested", "b@2"), ran);
        assertEquals(0, clock.waiting());
    }

    @Test
    void wakesSleepers() throws InterruptedException {
        VirtualClock clock = new VirtualClock();
        Thread sleeper = Thread.startVirtualThread(() -> {
            try {
                clock.sleep(Duration.ofHours(1));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        clock.awaitWaiting(1);
        clock.advance(Duration.ofHours(1));
        sleeper.join();
        assertEquals(0, clock.waiting());
    }
}
