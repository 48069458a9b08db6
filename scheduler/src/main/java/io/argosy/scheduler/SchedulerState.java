package io.argosy.scheduler;

import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.columns.PodReader;
import io.argosy.scheduler.columns.ResourceIds;
import io.argosy.scheduler.cycle.Nominations;
import io.argosy.scheduler.cycle.SchedulingCycle;
import io.argosy.scheduler.framework.Profile;
import io.argosy.scheduler.queue.SchedulingQueue;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Everything that the scheduler's one thread owns. */
final class SchedulerState {

    private final Map<String, Profile> profiles;
    private final PodReader reader;
    private final ClusterState cluster;
    private final PodPlaces places;
    private final Nominations nominations = new Nominations();
    private final SchedulingCycle cycle;
    private final SchedulingQueue queue;

    /** How long pods wait. */
    record Waits(Duration firstBackoff, Duration mostBackoff, Duration mostUnschedulable) {}

    SchedulerState(Map<String, Profile> profiles, Waits waits, RandomGenerator random) {
        this.profiles = Map.copyOf(profiles);
        ResourceIds resources = new ResourceIds();
        this.reader = new PodReader(resources);
        this.cluster = new ClusterState(resources);
        this.places = new PodPlaces(cluster);
        this.cycle = new SchedulingCycle(cluster, nominations, random);
        this.queue = new SchedulingQueue(
                this::profile,
                this.profiles.values().iterator().next().order().order(),
                waits.firstBackoff(),
                waits.mostBackoff(),
                waits.mostUnschedulable());
    }

    /** The profile that a pod asks for; empty when another scheduler has to do with it. */
    Optional<Profile> profile(PodInfo pod) {
        String name = pod.pod().getSpec().getSchedulerName();
        return Optional.ofNullable(profiles.get(name == null || name.isEmpty() ? "default-scheduler" : name));
    }

    PodReader reader() {
        return reader;
    }

    ClusterState cluster() {
        return cluster;
    }

    PodPlaces places() {
        return places;
    }

    Nominations nominations() {
        return nominations;
    }

    SchedulingCycle cycle() {
        return cycle;
    }

    SchedulingQueue queue() {
        return queue;
    }
}
