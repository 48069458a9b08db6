package io.argosy.scheduler.plugin.volumezone;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.columns.Selectors;
import io.argosy.scheduler.framework.ClusterEvent;
import io.argosy.scheduler.framework.FilterPlugin;
import io.argosy.scheduler.framework.Verdict;
import io.argosy.scheduler.storage.PodClaims;
import io.argosy.scheduler.storage.StorageView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps pods in the zones and regions that their volumes are labelled with. */
public final class VolumeZone implements FilterPlugin {

    public static final String NAME = "VolumeZone";

    private static final Map<String, String> NEWER_NAMES = Map.of(
            "failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/zone",
            "failure-domain.beta.kubernetes.io/region", "topology.kubernetes.io/region");
    private static final List<String> KEYS = List.of(
            "topology.kubernetes.io/zone",
            "topology.kubernetes.io/region",
            "failure-domain.beta.kubernetes.io/zone",
            "failure-domain.beta.kubernetes.io/region");
    private static final Verdict ELSEWHERE = Verdict.Rejected.always(NAME, "node(s) had no available volume zone");

    private final StorageView storage;

    public VolumeZone(StorageView storage) {
        this.storage = storage;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Prepared prepare(PodInfo pod, ClusterState cluster) {
        Map<String, Set<String>> zones = new HashMap<>();
        for (PodClaims.Ref ref : PodClaims.of(pod)) {
            storage.claim(new ObjectKey(pod.namespace(), ref.name()))
                    .flatMap(claim -> storage.volume(PodClaims.volumeName(claim)))
                    .map(volume -> Selectors.orEmpty(volume.getMetadata().getLabels()))
                    .ifPresent(labels -> addZones(labels, zones));
        }
        if (zones.isEmpty()) {
            return Prepared.Skip.SKIP;
        }
        return Prepared.check(slot -> {
            Map<String, String> labels = cluster.facts(slot).labels();
            for (var zone : zones.entrySet()) {
                if (!zone.getValue().contains(label(labels, zone.getKey()))) {
                    return ELSEWHERE;
                }
            }
            return Verdict.Pass.PASS;
        });
    }

    private static void addZones(Map<String, String> volumeLabels, Map<String, Set<String>> zones) {
        for (String key : KEYS) {
            String value = volumeLabels.get(key);
            if (value != null) {
                Set<String> allowed = Set.of(value.split("__"));
                zones.merge(key, allowed, (before, more) -> {
                    Set<String> both = new java.util.HashSet<>(before);
                    both.retainAll(more);
                    return both;
                });
            }
        }
    }

    private static String label(Map<String, String> labels, String key) {
        String value = labels.get(key);
        return value != null ? value : labels.getOrDefault(NEWER_NAMES.getOrDefault(key, key), "");
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo waiting) {
        return event instanceof ClusterEvent.NodeChanged
                || event instanceof ClusterEvent.StorageChanged
                || event instanceof ClusterEvent.PodChanged;
    }
}
