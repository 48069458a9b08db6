package io.argosy.scheduler.plugin.nodevolumelimits;

import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.framework.ClusterEvent;
import io.argosy.scheduler.framework.FilterPlugin;
import io.argosy.scheduler.framework.NodeFilter;
import io.argosy.scheduler.framework.Verdict;
import io.argosy.scheduler.storage.PodClaims;
import io.argosy.scheduler.storage.StorageView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps a node from getting more volumes of a CSI driver than its CSINode says it can have: those of the pods there,
 * and those that are still attached.
 */
public final class NodeVolumeLimits implements FilterPlugin {

    public static final String NAME = "NodeVolumeLimits";

    private static final Verdict FULL = Verdict.Rejected.now(NAME, "node(s) exceed max volume count");

    private final StorageView storage;
    private final CsiVolumes volumes;

    public NodeVolumeLimits(StorageView storage) {
        this.storage = storage;
        this.volumes = new CsiVolumes(storage);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Prepared prepare(PodInfo pod, ClusterState cluster) {
        Set<CsiVolume> wanted = volumes.of(pod);
        return wanted.isEmpty() ? Prepared.Skip.SKIP : Prepared.check(new Room(wanted, cluster));
    }

    private final class Room implements NodeFilter {

        private final Set<CsiVolume> wanted;
        private final ClusterState cluster;
        private final Set<String> gone = new HashSet<>();
        private final Map<Integer, List<PodInfo>> come = new HashMap<>();

        Room(Set<CsiVolume> wanted, ClusterState cluster) {
            this.wanted = wanted;
            this.cluster = cluster;
        }

        @Override
        public Verdict check(int slot) {
            String node = cluster.facts(slot).name();
            Map<String, Integer> limits = storage.volumeLimits(node);
            if (limits.isEmpty()) {
                return Verdict.Pass.PASS;
            }
            Set<CsiVolume> all = new HashSet<>();
            for (PodInfo pod : cluster.pods(slot)) {
                if (!gone.contains(pod.uid())) {
                    all.addAll(volumes.of(pod));
                }
            }
            come.getOrDefault(slot, List.of()).forEach(pod -> all.addAll(volumes.of(pod)));
            Set<CsiVolume> missing = new HashSet<>(wanted);
            missing.removeAll(all);
            all.addAll(volumes.attachedTo(node));
            all.addAll(missing);
            for (CsiVolume volume : missing) {
                Integer limit = limits.get(volume.driver());
                if (limit != null && count(all, volume.driver()) > limit) {
                    return FULL;
                }
            }
            return Verdict.Pass.PASS;
        }

        private static long count(Set<CsiVolume> volumes, String driver) {
            return volumes.stream()
                    .filter(volume -> volume.driver().equals(driver))
                    .count();
        }

        @Override
        public void podChanged(PodInfo other, int slot, int delta) {
            List<PodInfo> here = come.computeIfAbsent(slot, key -> new ArrayList<>());
            here.removeIf(pod -> pod.uid().equals(other.uid()));
            if (delta > 0) {
                gone.remove(other.uid());
                here.add(other);
            } else {
                gone.add(other.uid());
            }
        }
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo waiting) {
        return switch (event) {
            case ClusterEvent.PodGone(PodInfo other) -> !PodClaims.of(other).isEmpty();
            case ClusterEvent.StorageChanged _, ClusterEvent.PodChanged _ -> true;
            default -> false;
        };
    }
}
