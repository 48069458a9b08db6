package io.argosy.scheduler.framework;

import io.argosy.scheduler.columns.PodInfo;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The plugins that decide for pods of one scheduler name.
 *
 * @param percentageOfNodesToScore 0 for an amount that follows the size of the cluster
 */
public record Profile(
        String schedulerName,
        int percentageOfNodesToScore,
        QueueSortPlugin order,
        List<PreEnqueuePlugin> gates,
        List<FilterPlugin> filters,
        List<PostFilterPlugin> remedies,
        List<Weighted> scores,
        List<ReservePlugin> reservations) {

    public Profile {
        gates = List.copyOf(gates);
        filters = List.copyOf(filters);
        remedies = List.copyOf(remedies);
        scores = List.copyOf(scores);
        reservations = List.copyOf(reservations);
    }

    /** Why a pod must not be tried yet, with the plugin that says so. */
    public Optional<Map.Entry<String, String>> hold(PodInfo pod) {
        for (PreEnqueuePlugin gate : gates) {
            Optional<String> reason = gate.hold(pod);
            if (reason.isPresent()) {
                return Optional.of(Map.entry(gate.name(), reason.get()));
            }
        }
        return Optional.empty();
    }

    /** Whether an event may help a pod that these plugins have rejected; with none of them known, any event may. */
    public boolean mayHelp(Collection<String> rejectedBy, ClusterEvent event, PodInfo waiting) {
        if (rejectedBy.isEmpty()) {
            return true;
        }
        Map<String, Plugin> all = new LinkedHashMap<>();
        Stream.of(gates, filters, reservations)
                .flatMap(List::stream)
                .forEach(plugin -> all.putIfAbsent(plugin.name(), plugin));
        for (String name : rejectedBy) {
            Plugin plugin = all.get(name);
            if (plugin == null || plugin.mayHelp(event, waiting)) {
                return true;
            }
        }
        return false;
    }
}
