package io.argosy.scheduler.plugin.interpodaffinity;

import java.util.HashMap;
import java.util.Map;

/** Numbers by the value of a node label. */
final class TopologyCounts {

    private final Map<String, Map<String, Long>> byKey = new HashMap<>();

    void add(String key, Map<String, String> nodeLabels, long amount) {
        String value = nodeLabels.get(key);
        if (value == null || amount == 0) {
            return;
        }
        Map<String, Long> values = byKey.computeIfAbsent(key, name -> new HashMap<>());
        values.merge(value, amount, (before, by) -> before + by == 0 ? null : before + by);
        if (values.isEmpty()) {
            byKey.remove(key);
        }
    }

    long at(String key, Map<String, String> nodeLabels) {
        Map<String, Long> values = byKey.get(key);
        String value = values == null ? null : nodeLabels.get(key);
        return value == null ? 0 : values.getOrDefault(value, 0L);
    }

    boolean isEmpty() {
        return byKey.isEmpty();
    }

    /** Whether any label of the node has a positive number. */
    boolean touches(Map<String, String> nodeLabels) {
        for (String key : byKey.keySet()) {
            if (at(key, nodeLabels) > 0) {
                return true;
            }
        }
        return false;
    }

    /** The sum over all labels of the node. */
    long sum(Map<String, String> nodeLabels) {
        long sum = 0;
        for (String key : byKey.keySet()) {
            sum += at(key, nodeLabels);
        }
        return sum;
    }
}
