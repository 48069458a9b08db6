package io.argosy.client.events;

import io.argosy.client.events.EventCorrelator.Repeat;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Events that wait to be sent, in order; bounded. One that repeats while it waits takes no further place: it is sent once,
 * as it is by then. {@link #offer} and {@link #taken} are called under the recorder's lock, {@link #take} is not.
 */
final class EventLane {

    private final BlockingQueue<Repeat> waiting;

    EventLane(int most) {
        waiting = new ArrayBlockingQueue<>(most);
    }

    /** Tells whether there was room. */
    boolean offer(Repeat repeat) {
        if (!repeat.waiting) {
            repeat.waiting = waiting.offer(repeat);
        }
        return repeat.waiting;
    }

    /** Blocks until one waits. */
    Repeat take() throws InterruptedException {
        return waiting.take();
    }

    /** From now on it takes a place again. */
    static void taken(Repeat repeat) {
        repeat.waiting = false;
    }

    int size() {
        return waiting.size();
    }
}
