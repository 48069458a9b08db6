package io.argosy.scheduler.queue;

import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.framework.QueueSortPlugin;
import java.time.Duration;
import java.util.Set;

/**
 * A pod that has no node yet. Owned by its queue.
 *
 * <pre>gated --> active --> in flight --> (bound) | unschedulable --event--> back-off --time--> active</pre>
 */
public final class QueuedPod {

    /** Where it waits. */
    enum State {
        GATED,
        ACTIVE,
        BACK_OFF,
        UNSCHEDULABLE,
        IN_FLIGHT
    }

    private final long arrived;
    private final long sequence;
    private PodInfo info;
    private State state = State.GATED;
    private Set<String> rejectedBy = Set.of();
    private int attempts;
    private int failures;
    private long since;
    private long ready;
    private boolean afterError;

    QueuedPod(PodInfo info, long sequence, long now) {
        this.info = info;
        this.sequence = sequence;
        this.arrived = now;
        this.since = now;
        this.ready = now;
    }

    public PodInfo info() {
        return info;
    }

    /** How often it was tried. */
    public int attempts() {
        return attempts;
    }

    /** When it came to the queue first, by the monotonic clock. */
    public long arrived() {
        return arrived;
    }

    QueueSortPlugin.Waiting waiting() {
        return new QueueSortPlugin.Waiting(info, since);
    }

    long sequence() {
        return sequence;
    }

    long ready() {
        return ready;
    }

    long since() {
        return since;
    }

    State state() {
        return state;
    }

    boolean afterError() {
        return afterError;
    }

    Set<String> rejectedBy() {
        return rejectedBy;
    }

    void replace(PodInfo newer) {
        info = newer;
    }

    void become(State next, long now) {
        state = next;
        since = now;
        if (next == State.IN_FLIGHT) {
            attempts++;
        }
    }

    /** Notes a failure; the pod shall not be tried again before a time that grows with their number. */
    void failed(Set<String> by, boolean error, long now, Duration first, Duration most) {
        rejectedBy = by;
        afterError = error;
        failures = Math.min(failures + 1, 30);
        long pause = Math.min(most.toNanos(), first.toNanos() << Math.min(failures - 1, 20));
        ready = now + pause;
    }

    @Override
    public String toString() {
        return info.toString();
    }
}
