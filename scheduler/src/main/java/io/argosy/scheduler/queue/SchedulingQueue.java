package io.argosy.scheduler.queue;

import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.framework.ClusterEvent;
import io.argosy.scheduler.framework.Profile;
import io.argosy.scheduler.queue.QueuedPod.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The pods without a node. Active ones are tried in order; one that fits nowhere waits for an event that may help it
 * and for its back-off; one that is gated waits for its gates. Times are of the monotonic clock. One owner thread; at
 * most one entry for each pod of the cluster.
 */
public final class SchedulingQueue {

    private final Function<PodInfo, Optional<Profile>> profiles;
    private final Duration firstBackoff;
    private final Duration mostBackoff;
    private final Duration mostUnschedulable;
    private final Map<String, QueuedPod> byUid = new HashMap<>();
    private final TreeSet<QueuedPod> active;
    private final TreeSet<QueuedPod> backoff =
            new TreeSet<>(Comparator.comparingLong(QueuedPod::ready).thenComparingLong(QueuedPod::sequence));
    private final Map<String, QueuedPod> unschedulable = new HashMap<>();
    private long sequence;
    private int gated;

    /**
     * @param order of the active pods
     * @param mostUnschedulable after which a pod is tried again without any event
     */
    public SchedulingQueue(
            Function<PodInfo, Optional<Profile>> profiles,
            Comparator<io.argosy.scheduler.framework.QueueSortPlugin.Waiting> order,
            Duration firstBackoff,
            Duration mostBackoff,
            Duration mostUnschedulable) {
        this.profiles = profiles;
        this.firstBackoff = firstBackoff;
        this.mostBackoff = mostBackoff;
        this.mostUnschedulable = mostUnschedulable;
        this.active =
                new TreeSet<>(Comparator.comparing(QueuedPod::waiting, order).thenComparingLong(QueuedPod::sequence));
    }

    /** Takes a new pod, or the newer state of a known one. */
    public void put(PodInfo pod, long now) {
        QueuedPod known = byUid.get(pod.uid());
        if (known == null) {
            QueuedPod queued = new QueuedPod(pod, sequence++, now);
            byUid.put(pod.uid(), queued);
            admit(queued, now);
            return;
        }
        if (known.state() == State.IN_FLIGHT) {
            known.replace(pod);
            return;
        }
        PodInfo before = known.info();
        boolean changed = PodChange.matters(before.pod(), pod.pod());
        State state = known.state();
        long since = known.since();
        withdraw(known);
        known.replace(pod);
        if (state == State.GATED) {
            admit(known, now);
        } else if (state == State.UNSCHEDULABLE && changed && helped(known, new ClusterEvent.PodChanged(pod))) {
            wake(known, now);
        } else {
            enter(known, state, since);
        }
    }

    /** Forgets a pod. */
    public void remove(String uid) {
        QueuedPod known = byUid.remove(uid);
        if (known != null) {
            withdraw(known);
        }
    }

    public boolean has(String uid) {
        return byUid.containsKey(uid);
    }

    /** The next pod to try. When no active one waits, one whose back-off is not over may be tried early. */
    public Optional<QueuedPod> pop(long now) {
        while (!backoff.isEmpty() && backoff.first().ready() <= now) {
            QueuedPod due = backoff.pollFirst();
            enter(due, State.ACTIVE, now);
        }
        QueuedPod next = active.pollFirst();
        if (next == null) {
            next = backoff.stream().filter(pod -> !pod.afterError()).findFirst().orElse(null);
            if (next == null) {
                return Optional.empty();
            }
            backoff.remove(next);
        }
        next.become(State.IN_FLIGHT, now);
        return Optional.of(next);
    }

    /** The pod fits nowhere until something happens. */
    public void rejected(QueuedPod pod, Set<String> by, long now) {
        if (byUid.get(pod.info().uid()) == pod) {
            pod.failed(by, false, now, firstBackoff, mostBackoff);
            admitTo(pod, State.UNSCHEDULABLE, now);
        }
    }

    /** The attempt failed for no reason of the pod's. */
    public void failed(QueuedPod pod, long now) {
        if (byUid.get(pod.info().uid()) == pod) {
            pod.failed(Set.of(), true, now, firstBackoff, mostBackoff);
            admitTo(pod, State.BACK_OFF, now);
        }
    }

    /** Wakes the pods that an event may help. */
    public void happened(ClusterEvent event, long now) {
        if (unschedulable.isEmpty()) {
            return;
        }
        List<QueuedPod> helped = new ArrayList<>();
        for (QueuedPod pod : unschedulable.values()) {
            if (helped(pod, event)) {
                helped.add(pod);
            }
        }
        helped.forEach(pod -> wake(pod, now));
    }

    /** Wakes one pod, for example because its victims could not be removed. */
    public void wake(String uid, long now) {
        QueuedPod pod = unschedulable.get(uid);
        if (pod != null) {
            wake(pod, now);
        }
    }

    /** Wakes what waits too long already. */
    public void flush(long now) {
        List<QueuedPod> late = unschedulable.values().stream()
                .filter(pod -> now - pod.since() > mostUnschedulable.toNanos())
                .toList();
        late.forEach(pod -> wake(pod, now));
    }

    /** When the next pod comes out of its back-off. */
    public OptionalLong nextReady() {
        return backoff.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(backoff.first().ready());
    }

    public int activeSize() {
        return active.size();
    }

    public int backoffSize() {
        return backoff.size();
    }

    public int unschedulableSize() {
        return unschedulable.size();
    }

    public int gatedSize() {
        return gated;
    }

    private boolean helped(QueuedPod pod, ClusterEvent event) {
        return profiles.apply(pod.info())
                .map(profile -> profile.mayHelp(pod.rejectedBy(), event, pod.info()))
                .orElse(false);
    }

    private void wake(QueuedPod pod, long now) {
        withdraw(pod);
        admitTo(pod, pod.ready() > now ? State.BACK_OFF : State.ACTIVE, now);
    }

    private void admit(QueuedPod pod, long now) {
        admitTo(pod, State.ACTIVE, now);
    }

    private void admitTo(QueuedPod pod, State state, long now) {
        boolean held = profiles.apply(pod.info())
                .map(profile -> profile.hold(pod.info()).isPresent())
                .orElse(true);
        enter(pod, held ? State.GATED : state, now);
    }

    private void enter(QueuedPod pod, State state, long now) {
        pod.become(state, now);
        switch (state) {
            case ACTIVE -> active.add(pod);
            case BACK_OFF -> backoff.add(pod);
            case UNSCHEDULABLE -> unschedulable.put(pod.info().uid(), pod);
            case GATED -> gated++;
            case IN_FLIGHT -> {}
        }
    }

    private void withdraw(QueuedPod pod) {
        switch (pod.state()) {
            case ACTIVE -> active.remove(pod);
            case BACK_OFF -> backoff.remove(pod);
            case UNSCHEDULABLE -> unschedulable.remove(pod.info().uid());
            case GATED -> gated--;
            case IN_FLIGHT -> {}
        }
    }
}
