package io.argosy.apiserver.flowcontrol;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apiserver.authn.UserInfo;
import io.argosy.apiserver.request.RequestNotes;
import io.argosy.apiserver.request.Target;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Lets requests in by the flow schemas and priority levels of the cluster. Thread-safe.
 *
 * <p>Source: Kubernetes page "API Priority and Fairness".
 */
public final class FlowControl {

    private final int total;
    private final Duration longestWait;
    private final LongSupplier nanoTime;
    private final InstantSource clock;
    private final FlowMetrics metrics;
    private final Map<String, FlowSchema> schemas = new HashMap<>();
    private final Map<String, LevelSettings> settings = new TreeMap<>();
    private volatile View view = new View(List.of(), Map.of(), Map.of());

    private record View(
            List<FlowSchema> schemas, Map<String, FairQueues> levels, Map<String, LevelSettings> settings) {}

    /** A place among the running requests; closed when the request is done. */
    public interface Seat extends AutoCloseable {
        @Override
        void close();

        Seat FREE = () -> {};
    }

    /**
     * @param total the seats of all levels together
     * @param longestWait in a queue
     */
    public FlowControl(
            int total, Duration longestWait, LongSupplier nanoTime, InstantSource clock, FlowMetrics metrics) {
        this.total = total;
        this.longestWait = longestWait;
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.metrics = metrics;
    }

    synchronized void put(FlowSchema schema) {
        schemas.put(schema.name(), schema);
        publish();
    }

    synchronized void removeSchema(String name) {
        schemas.remove(name);
        publish();
    }

    synchronized void put(LevelSettings level) {
        settings.put(level.name(), level);
        publish();
    }

    synchronized void removeLevel(String name) {
        settings.remove(name);
        publish();
    }

    synchronized boolean hasLevel(String name) {
        return settings.containsKey(name);
    }

    private void publish() {
        Map<String, Seats.Range> ranges = Seats.ranges(settings.values(), total);
        Map<String, FairQueues> levels = new TreeMap<>();
        settings.forEach((name, level) -> {
            int seats = Math.max(1, ranges.get(name).nominal());
            FairQueues known = view.levels().get(name);
            if (known == null) {
                known = new FairQueues(level, seats, nanoTime);
            } else {
                known.configure(level, seats);
            }
            levels.put(name, known);
            metrics.nominal(name, ranges.get(name));
        });
        view = new View(
                FlowSchema.ordered(schemas.values(), settings.keySet()), Map.copyOf(levels), Map.copyOf(settings));
    }

    /** Lends seats that one level does not need to others; called every ten seconds. */
    synchronized void lend() {
        Map<String, Seats.Range> ranges = Seats.ranges(
                settings.values().stream().filter(level -> !level.exempt()).toList(), total);
        Map<String, Double> needed = new HashMap<>();
        ranges.keySet().forEach(name -> needed.put(name, view.levels().get(name).endPeriod()));
        Seats.divide(ranges, needed).forEach((name, seats) -> {
            view.levels().get(name).seats(seats);
            metrics.current(name, seats);
        });
    }

    /**
     * Waits until a request may run, and tells the client by which rules.
     *
     * @param width the seats that it takes
     * @throws ApiException 429 when it may not
     */
    public Seat enter(Target target, UserInfo user, int width, RequestNotes notes) throws InterruptedException {
        View now = view;
        Optional<FlowSchema> found = now.schemas().stream()
                .filter(schema -> schema.takes(user, target))
                .findFirst();
        if (found.isEmpty()) {
            // Before the first objects are there nobody is limited.
            return Seat.FREE;
        }
        FlowSchema schema = found.get();
        LevelSettings level = now.settings().get(schema.level());
        FairQueues queues = now.levels().get(schema.level());
        if (level == null || queues == null) {
            return Seat.FREE;
        }
        notes.header("X-Kubernetes-Pf-Flowschema-Uid", schema.uid());
        notes.header("X-Kubernetes-Pf-Prioritylevel-Uid", level.uid());
        long begun = nanoTime.getAsLong();
        FairQueues.Ticket ticket =
                new FairQueues.Ticket(schema.name(), schema.flow(user, target), width, clock.instant());
        FairQueues.Result result = queues.enter(ticket, longestWait);
        return switch (result) {
            case FairQueues.Result.Entered(FairQueues.Turn turn) -> {
                metrics.dispatched(schema, nanoTime.getAsLong() - begun);
                yield turn::close;
            }
            case FairQueues.Result.Refused(FairQueues.Refusal why) -> {
                metrics.rejected(schema, why);
                throw ApiException.tooManyRequests("Too many requests, please try again later.", 1);
            }
        };
    }

    /** How the levels stand, by name. */
    Map<String, FairQueues> levels() {
        return new TreeMap<>(view.levels());
    }
}
