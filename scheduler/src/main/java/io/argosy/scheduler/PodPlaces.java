package io.argosy.scheduler;

import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.framework.ReservePlugin.Reservation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which pod counts on which node: those that the API has there, and those that were just decided (assumed), from the
 * decision until the API confirms it or the binding fails. Keeps the cluster's columns in step. One owner thread.
 */
final class PodPlaces {

    private final ClusterState cluster;
    private final Map<String, Place> places = new HashMap<>();
    private int assumed;

    /** @param reservations what an assumed pod has taken besides */
    record Place(PodInfo pod, String node, boolean assumed, List<Reservation> reservations) {}

    PodPlaces(ClusterState cluster) {
        this.cluster = cluster;
    }

    Optional<Place> of(String uid) {
        return Optional.ofNullable(places.get(uid));
    }

    boolean isAssumed(String uid) {
        Place place = places.get(uid);
        return place != null && place.assumed();
    }

    /** A decision was made. */
    void assume(PodInfo pod, String node, List<Reservation> reservations) {
        put(new Place(pod, node, true, reservations));
    }

    /** The API has the pod on a node; returns where it was counted before. */
    Optional<Place> confirm(PodInfo pod, String node) {
        Optional<Place> before = of(pod.uid());
        before.filter(Place::assumed).ifPresent(place -> place.reservations().forEach(Reservation::release));
        put(new Place(pod, node, false, List.of()));
        return before;
    }

    /** The pod is on no node any more. */
    Optional<Place> remove(String uid) {
        Place place = places.remove(uid);
        if (place == null) {
            return Optional.empty();
        }
        take(place);
        if (place.assumed()) {
            place.reservations().forEach(Reservation::release);
        }
        return Optional.of(place);
    }

    int size() {
        return places.size();
    }

    int assumedSize() {
        return assumed;
    }

    private void put(Place place) {
        Place before = places.put(place.pod().uid(), place);
        if (before != null) {
            take(before);
        }
        cluster.addPod(place.pod(), place.node());
        assumed += place.assumed() ? 1 : 0;
    }

    private void take(Place place) {
        cluster.removePod(place.pod(), place.node());
        assumed -= place.assumed() ? 1 : 0;
    }
}
