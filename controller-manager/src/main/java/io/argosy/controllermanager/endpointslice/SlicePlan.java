package io.argosy.controllermanager.endpointslice;

import io.argosy.client.request.ObjectJson;
import io.argosy.controllermanager.ownership.Selectors;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How the slices of one service and family become those that are wanted, with few writes: endpoints stay in the slice
 * that they are in, room in slices that change anyway is used first, slices that are empty go.
 */
record SlicePlan(List<EndpointSlice> create, List<EndpointSlice> update, List<EndpointSlice> delete) {

    SlicePlan {
        create = List.copyOf(create);
        update = List.copyOf(update);
        delete = List.copyOf(delete);
    }

    /**
     * @param template a slice of the service with metadata and address type, without endpoints
     * @param existing slices of the service that this controller made
     */
    static SlicePlan of(
            EndpointSlice template,
            Map<List<EndpointPort>, List<Endpoint>> wanted,
            List<EndpointSlice> existing,
            int most) {
        List<EndpointSlice> create = new ArrayList<>();
        List<EndpointSlice> update = new ArrayList<>();
        Map<String, EndpointSlice> unused = new LinkedHashMap<>();
        existing.forEach(slice -> unused.put(slice.getMetadata().getName(), slice));
        wanted.forEach((ports, endpoints) -> {
            List<EndpointSlice> same = existing.stream()
                    .filter(slice -> samePorts(slice.getPorts(), ports))
                    .toList();
            same.forEach(slice -> unused.remove(slice.getMetadata().getName()));
            fill(template, ports, endpoints, same, most, create, update, unused);
        });
        if (wanted.isEmpty()) {
            placeholder(template, existing, create, update, unused);
        }
        return reusing(template, create, update, unused.values());
    }

    /**
     * Slices that nobody needs become new ones before any is made or deleted, so that no reader ever sees the service
     * with both or with neither.
     */
    private static SlicePlan reusing(
            EndpointSlice template,
            List<EndpointSlice> create,
            List<EndpointSlice> update,
            Collection<EndpointSlice> unused) {
        Deque<EndpointSlice> free = new ArrayDeque<>(unused);
        List<EndpointSlice> made = new ArrayList<>();
        for (EndpointSlice wanted : create) {
            EndpointSlice old = free.poll();
            if (old == null) {
                made.add(wanted);
            } else {
                update.add(become(template, old, wanted.getPorts(), wanted.getEndpoints()));
            }
        }
        return new SlicePlan(made, update, List.copyOf(free));
    }

    /** A service without endpoints keeps one empty slice. */
    private static void placeholder(
            EndpointSlice template,
            List<EndpointSlice> existing,
            List<EndpointSlice> create,
            List<EndpointSlice> update,
            Map<String, EndpointSlice> unused) {
        Optional<EndpointSlice> kept =
                existing.stream().filter(slice -> isEmpty(slice.getPorts())).findFirst();
        if (kept.isEmpty()) {
            create.add(slice(template, List.of(), List.of()));
            return;
        }
        unused.remove(kept.get().getMetadata().getName());
        rewrite(template, kept.get(), List.of()).ifPresent(update::add);
    }

    private static void fill(
            EndpointSlice template,
            List<EndpointPort> ports,
            List<Endpoint> endpoints,
            List<EndpointSlice> same,
            int most,
            List<EndpointSlice> create,
            List<EndpointSlice> update,
            Map<String, EndpointSlice> unused) {
        Map<String, Endpoint> left = new LinkedHashMap<>();
        endpoints.forEach(endpoint -> left.put(identity(endpoint), endpoint));
        Map<EndpointSlice, List<Endpoint>> kept = new LinkedHashMap<>();
        for (EndpointSlice slice : same) {
            List<Endpoint> stay = new ArrayList<>();
            for (Endpoint endpoint : slice.getEndpoints() == null ? List.<Endpoint>of() : slice.getEndpoints()) {
                Endpoint now = left.remove(identity(endpoint));
                if (now != null) {
                    stay.add(now);
                }
            }
            kept.put(slice, stay);
        }
        Deque<Endpoint> homeless = new ArrayDeque<>(left.values());
        for (List<Endpoint> stay : kept.values()) {
            while (!homeless.isEmpty() && stay.size() < most) {
                stay.add(homeless.removeFirst());
            }
        }
        kept.forEach((slice, stay) -> {
            if (stay.isEmpty()) {
                unused.put(slice.getMetadata().getName(), slice);
            } else {
                rewrite(template, slice, stay).ifPresent(update::add);
            }
        });
        while (!homeless.isEmpty()) {
            List<Endpoint> batch = new ArrayList<>();
            while (!homeless.isEmpty() && batch.size() < most) {
                batch.add(homeless.removeFirst());
            }
            create.add(slice(template, ports, batch));
        }
    }

    private static String identity(Endpoint endpoint) {
        return endpoint.getTargetRef() == null
                ? String.valueOf(endpoint.getAddresses())
                : endpoint.getTargetRef().getUid() + endpoint.getAddresses();
    }

    private static boolean isEmpty(List<EndpointPort> ports) {
        return ports == null || ports.isEmpty();
    }

    private static boolean samePorts(List<EndpointPort> left, List<EndpointPort> right) {
        return keys(left).equals(keys(right));
    }

    private static Set<String> keys(List<EndpointPort> ports) {
        Set<String> keys = new HashSet<>();
        if (ports != null) {
            ports.forEach(port -> keys.add((port.getName() == null ? "" : port.getName()) + "/" + port.getProtocol()
                    + "/" + port.getPort() + "/" + port.getAppProtocol()));
        }
        return keys;
    }

    private static EndpointSlice slice(EndpointSlice template, List<EndpointPort> ports, List<Endpoint> endpoints) {
        EndpointSlice slice = ObjectJson.copy(template);
        slice.setPorts(new ArrayList<>(ports));
        slice.setEndpoints(new ArrayList<>(endpoints));
        return slice;
    }

    /** The slice with other endpoints, and the labels that the service has now; empty when it is like that already. */
    private static Optional<EndpointSlice> rewrite(
            EndpointSlice template, EndpointSlice slice, List<Endpoint> endpoints) {
        boolean sameLabels = new TreeMap<>(Selectors.labels(slice)).equals(new TreeMap<>(Selectors.labels(template)));
        boolean sameEndpoints = endpoints.equals(slice.getEndpoints() == null ? List.of() : slice.getEndpoints());
        if (sameLabels && sameEndpoints) {
            return Optional.empty();
        }
        return Optional.of(become(template, slice, slice.getPorts(), endpoints));
    }

    private static EndpointSlice become(
            EndpointSlice template, EndpointSlice slice, List<EndpointPort> ports, List<Endpoint> endpoints) {
        EndpointSlice next = ObjectJson.copy(slice);
        next.setPorts(ports == null ? new ArrayList<>() : new ArrayList<>(ports));
        next.setEndpoints(new ArrayList<>(endpoints));
        next.getMetadata().setLabels(new LinkedHashMap<>(Selectors.labels(template)));
        next.getMetadata().setOwnerReferences(template.getMetadata().getOwnerReferences());
        Map<String, String> annotations = new LinkedHashMap<>(Selectors.annotations(slice));
        annotations.putAll(Selectors.annotations(template));
        next.getMetadata().setAnnotations(annotations);
        return next;
    }
}
