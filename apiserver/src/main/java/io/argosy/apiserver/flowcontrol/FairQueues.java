package io.argosy.apiserver.flowcontrol;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one priority level: those that run, and those that wait in queues. A seat that gets free goes to the
 * queue that has had the least, so that each flow has its fair part however much it asks for. Thread-safe.
 *
 * <p>Virtual time runs at the pace at which each busy queue would be served if all were served at once; a queue is charged
 * what a request is expected to take when the request begins, and the truth when it ends.
 */
final class FairQueues {

    /** What a request is expected to take. */
    static final double EXPECTED_SECONDS = 0.003;

    private final ReentrantLock lock = new ReentrantLock();
    private final LongSupplier nanoTime;
    private final Demand demand;
    private Queue[] queues;
    private LevelSettings settings;
    private int seats;
    private int used;
    private final Set<Turn> turns = new LinkedHashSet<>();
    private int waiting;
    private int waitingSeats;
    private double virtualTime;
    private long advanced;
    private int last;
    private long dispatched;
    private long rejected;
    private long timedOut;
    private long cancelled;

    /** Why a request was not let in. */
    enum Refusal {
        QUEUE_FULL("queue-full"),
        CONCURRENCY_LIMIT("concurrency-limit"),
        TIME_OUT("time-out");

        private final String reason;

        Refusal(String reason) {
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /** Requests of some flows that wait for each other. */
    private static final class Queue {
        private final Deque<Waiter> line = new ArrayDeque<>();
        private double next;
        private int running;
        private int used;
        private int queuedSeats;
    }

    private static final class Waiter {
        private final Condition called;
        private final Ticket ticket;
        private final int width;
        private Optional<Turn> turn = Optional.empty();

        Waiter(Condition called, Ticket ticket) {
            this.called = called;
            this.ticket = ticket;
            this.width = ticket.width();
        }
    }

    /**
     * A request.
     *
     * @param flow what tells it from others of the schema
     * @param width how many seats it takes
     */
    record Ticket(String schema, String flow, int width, Instant arrived) {}

    /** Seats of a request that runs. */
    final class Turn implements AutoCloseable {
        private final @Nullable Queue queue;
        private final Ticket ticket;
        private final int width;
        private final long begun;

        private Turn(@Nullable Queue queue, Ticket ticket, long begun) {
            this.queue = queue;
            this.ticket = ticket;
            this.width = ticket.width();
            this.begun = begun;
        }

        @Override
        public void close() {
            finish(this);
        }
    }

    /** @param seats how many may be used at once; exempt levels are not held to it */
    FairQueues(LevelSettings settings, int seats, LongSupplier nanoTime) {
        this.settings = settings;
        this.seats = seats;
        this.nanoTime = nanoTime;
        this.queues = make(settings.queues());
        this.advanced = nanoTime.getAsLong();
        this.demand = new Demand(advanced);
    }

    private static Queue[] make(int number) {
        Queue[] made = new Queue[number];
        for (int i = 0; i < number; i++) {
            made[i] = new Queue();
        }
        return made;
    }

    /** Takes other settings; who waits goes on waiting, in the queues that there were. */
    void configure(LevelSettings changed, int newSeats) {
        lock.lock();
        try {
            if (changed.queues() != settings.queues() && waiting == 0) {
                queues = make(changed.queues());
            }
            settings = changed;
            seats = newSeats;
            dispatch();
        } finally {
            lock.unlock();
        }
    }

    void seats(int newSeats) {
        lock.lock();
        try {
            seats = newSeats;
            dispatch();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a turn.
     *
     * @param longest how long to wait at most
     * @return the turn, or why there is none
     */
    Result enter(Ticket ticket, Duration longest) throws InterruptedException {
        long hash = Hand.hash(ticket.schema(), ticket.flow());
        lock.lock();
        try {
            advance();
            if (settings.exempt() || (waiting == 0 && fits(ticket.width()))) {
                Queue queue = queues.length == 0 || settings.exempt() ? null : choose(hash);
                if (queue != null) {
                    wake(queue);
                }
                return new Result.Entered(begin(queue, ticket));
            }
            if (queues.length == 0) {
                rejected++;
                return new Result.Refused(Refusal.CONCURRENCY_LIMIT);
            }
            Queue queue = choose(hash);
            if (queue.line.size() >= settings.queueLength()) {
                rejected++;
                return new Result.Refused(Refusal.QUEUE_FULL);
            }
            return await(queue, new Waiter(lock.newCondition(), ticket), longest);
        } finally {
            lock.unlock();
        }
    }

    /** The outcome of {@link #enter}. */
    sealed interface Result {
        record Entered(Turn turn) implements Result {}

        record Refused(Refusal why) implements Result {}
    }

    private Result await(Queue queue, Waiter waiter, Duration longest) throws InterruptedException {
        wake(queue);
        queue.line.add(waiter);
        queue.queuedSeats += waiter.width;
        waiting++;
        waitingSeats += waiter.width;
        note();
        dispatch();
        long left = longest.toNanos();
        try {
            while (waiter.turn.isEmpty() && left > 0) {
                left = waiter.called.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            cancelled++;
            waiter.turn.ifPresentOrElse(this::finish, () -> leave(queue, waiter));
            throw e;
        }
        if (waiter.turn.isEmpty()) {
            leave(queue, waiter);
            timedOut++;
            return new Result.Refused(Refusal.TIME_OUT);
        }
        return new Result.Entered(waiter.turn.get());
    }

    private void leave(Queue queue, Waiter waiter) {
        queue.line.remove(waiter);
        queue.queuedSeats -= waiter.width;
        waiting--;
        waitingSeats -= waiter.width;
        note();
        dispatch();
    }

    /** The queue of the flow's hand in which the least waits and runs. */
    private Queue choose(long hash) {
        Queue best = queues[0];
        int least = Integer.MAX_VALUE;
        for (int card : Hand.deal(hash, queues.length, settings.handSize())) {
            int load = queues[card].queuedSeats + queues[card].used;
            if (load < least) {
                least = load;
                best = queues[card];
            }
        }
        return best;
    }

    /** A queue that was idle has saved nothing up. */
    private void wake(Queue queue) {
        if (queue.line.isEmpty() && queue.used == 0) {
            queue.next = virtualTime;
        }
    }

    /** A request that is wider than all seats runs alone. */
    private boolean fits(int width) {
        return used == 0 || used + width <= seats;
    }

    private Turn begin(@Nullable Queue queue, Ticket ticket) {
        Turn turn = new Turn(queue, ticket, nanoTime.getAsLong());
        turns.add(turn);
        used += turn.width;
        dispatched++;
        if (queue != null) {
            queue.running++;
            queue.used += turn.width;
            queue.next += turn.width * EXPECTED_SECONDS;
        }
        note();
        return turn;
    }

    private void finish(Turn turn) {
        lock.lock();
        try {
            if (!turns.remove(turn)) {
                return;
            }
            advance();
            used -= turn.width;
            Queue queue = turn.queue;
            if (queue != null) {
                queue.running--;
                queue.used -= turn.width;
                double took = (nanoTime.getAsLong() - turn.begun) / 1e9;
                queue.next += turn.width * (took - EXPECTED_SECONDS);
            }
            note();
            dispatch();
        } finally {
            lock.unlock();
        }
    }

    private void dispatch() {
        while (waiting > 0) {
            Queue queue = next();
            Waiter head = queue.line.element();
            if (!fits(head.width)) {
                return;
            }
            queue.line.remove();
            queue.queuedSeats -= head.width;
            waiting--;
            waitingSeats -= head.width;
            head.turn = Optional.of(begin(queue, head.ticket));
            head.called.signal();
        }
    }

    /** The queue whose head would be done first; of equal ones the next in turn. */
    private Queue next() {
        int best = -1;
        double earliest = Double.MAX_VALUE;
        for (int i = 1; i <= queues.length; i++) {
            int index = (last + i) % queues.length;
            Queue queue = queues[index];
            if (!queue.line.isEmpty()) {
                double end = queue.next + queue.line.element().width * EXPECTED_SECONDS;
                if (end < earliest) {
                    earliest = end;
                    best = index;
                }
            }
        }
        last = best;
        return queues[best];
    }

    private void advance() {
        long now = nanoTime.getAsLong();
        int busy = 0;
        for (Queue queue : queues) {
            if (queue.used > 0 || !queue.line.isEmpty()) {
                busy++;
            }
        }
        if (busy > 0) {
            virtualTime += (now - advanced) / 1e9 * Math.min(used + waitingSeats, seats) / busy;
        }
        advanced = now;
    }

    private void note() {
        demand.set(used + waitingSeats, nanoTime.getAsLong());
    }

    /** Ends a period and tells how many seats are needed. */
    double endPeriod() {
        lock.lock();
        try {
            return demand.endPeriod(nanoTime.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    /** How things stand. */
    record State(int seats, int usedSeats, int running, int waiting, int activeQueues, boolean idle) {}

    State state() {
        lock.lock();
        try {
            int active = 0;
            for (Queue queue : queues) {
                active += queue.line.isEmpty() ? 0 : 1;
            }
            return new State(seats, used, turns.size(), waiting, active, turns.isEmpty() && waiting == 0);
        } finally {
            lock.unlock();
        }
    }

    /** What has happened so far. */
    record Counts(long dispatched, long rejected, long timedOut, long cancelled) {}

    Counts counts() {
        lock.lock();
        try {
            return new Counts(dispatched, rejected, timedOut, cancelled);
        } finally {
            lock.unlock();
        }
    }

    /** One queue as it stands. */
    record QueueState(int index, int waiting, int running, int usedSeats, int queuedSeats, double next) {}

    List<QueueState> queueStates() {
        lock.lock();
        try {
            List<QueueState> states = new ArrayList<>();
            for (int i = 0; i < queues.length; i++) {
                states.add(new QueueState(
                        i,
                        queues[i].line.size(),
                        queues[i].running,
                        queues[i].used,
                        queues[i].queuedSeats,
                        queues[i].next));
            }
            return states;
        } finally {
            lock.unlock();
        }
    }

    /**
     * One request as it stands.
     *
     * @param queue -1 for those of levels without queues
     * @param place in its queue; -1 while it runs
     */
    record RequestState(Ticket ticket, int queue, int place) {}

    List<RequestState> requestStates() {
        lock.lock();
        try {
            List<RequestState> states = new ArrayList<>();
            for (int i = 0; i < queues.length; i++) {
                int place = 0;
                for (Waiter waiter : queues[i].line) {
                    states.add(new RequestState(waiter.ticket, i, place++));
                }
            }
            List<Queue> all = List.of(queues);
            turns.forEach(turn ->
                    states.add(new RequestState(turn.ticket, turn.queue == null ? -1 : all.indexOf(turn.queue), -1)));
            return states;
        } finally {
            lock.unlock();
        }
    }
}
