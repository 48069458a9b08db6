package io.argosy.kubelet.config;

import io.argosy.daemon.config.ConfigTree;
import java.util.LinkedHashMap;
import java.util.Map;

/** Defaults that depend on what other fields say. Pure. */
final class DependentDefaults {

    /** Of the hard eviction thresholds, on Linux. */
    private static final Map<String, String> THRESHOLDS = Map.of(
            "memory.available", "100Mi",
            "nodefs.available", "10%",
            "nodefs.inodesFree", "5%",
            "imagefs.available", "15%",
            "imagefs.inodesFree", "5%");

    private DependentDefaults() {}

    /** @param told what the operator's files say */
    static void fill(Map<String, Object> tree, Map<String, Object> told) {
        if (isUnset(tree.get("nodeStatusReportFrequency"))) {
            Object update = told.get("nodeStatusUpdateFrequency");
            tree.put("nodeStatusReportFrequency", isUnset(update) ? "5m0s" : String.valueOf(update));
        }
        if (!tree.containsKey("serializeImagePulls")) {
            tree.put("serializeImagePulls", !(tree.get("maxParallelImagePulls") instanceof Integer most && most >= 2));
        }
        if (tree.get("podPidsLimit") instanceof Number limit && limit.longValue() < 0) {
            tree.put("podPidsLimit", -1);
        }
    }

    private static boolean isUnset(@org.jspecify.annotations.Nullable Object period) {
        return period == null || period.equals("") || period.equals("0s") || period.equals("0");
    }

    /** The hard thresholds are the default ones, those told, or both. */
    static void thresholds(Map<String, Object> tree) {
        boolean both = Boolean.TRUE.equals(tree.get("mergeDefaultEvictionSettings"));
        Map<String, Object> thresholds = new LinkedHashMap<>();
        if (both || !tree.containsKey("evictionHard")) {
            thresholds.putAll(THRESHOLDS);
        }
        if (ConfigTree.get(tree, "evictionHard").orElse(Map.of()) instanceof Map<?, ?> told) {
            told.forEach((signal, value) -> thresholds.put(String.valueOf(signal), value));
            tree.put("evictionHard", thresholds);
        }
    }
}
