package io.argosy.kubeproxy.model;

import java.util.List;
import java.util.function.Predicate;

/**
 * Which of a Service's endpoints packets may go to from here (KEP-1669 for terminating ones, KEP-2433 and KEP-4444 for
 * topology hints).
 *
 * @param cluster for traffic of the policy {@code Cluster}
 * @param local for traffic of the policy {@code Local}
 * @param anywhere whether the Service has any usable endpoint on any node
 */
public record EndpointChoice(List<Endpoint> cluster, List<Endpoint> local, boolean anywhere) {

    /** Where the proxy itself is. */
    public record Place(String nodeName, String zone) {}

    public static EndpointChoice of(List<Endpoint> all, Place place) {
        List<Endpoint> ready = all.stream().filter(Endpoint::ready).toList();
        List<Endpoint> cluster = ready.isEmpty() ? ending(all, endpoint -> true) : near(ready, place);
        List<Endpoint> localReady = ready.stream().filter(Endpoint::local).toList();
        List<Endpoint> local = localReady.isEmpty() ? ending(all, Endpoint::local) : localReady;
        return new EndpointChoice(cluster, local, !cluster.isEmpty());
    }

    private static List<Endpoint> ending(List<Endpoint> all, Predicate<Endpoint> which) {
        return all.stream()
                .filter(endpoint -> endpoint.serving() && endpoint.terminating())
                .filter(which)
                .toList();
    }

    /** Hints count only when every ready endpoint has one and one of them names this place. */
    private static List<Endpoint> near(List<Endpoint> ready, Place place) {
        if (ready.stream().noneMatch(endpoint -> endpoint.nodeHints().isEmpty())) {
            List<Endpoint> here = ready.stream()
                    .filter(endpoint -> endpoint.nodeHints().contains(place.nodeName()))
                    .toList();
            if (!here.isEmpty()) {
                return here;
            }
        }
        if (!place.zone().isEmpty()
                && ready.stream().noneMatch(endpoint -> endpoint.zoneHints().isEmpty())) {
            List<Endpoint> here = ready.stream()
                    .filter(endpoint -> endpoint.zoneHints().contains(place.zone()))
                    .toList();
            if (!here.isEmpty()) {
                return here;
            }
        }
        return ready;
    }
}
